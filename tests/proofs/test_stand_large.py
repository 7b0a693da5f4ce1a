"""earnest stand on ten million rows stays below 4 GB; on a million rows of one person it ends."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
ROWS, PEOPLE, PART = 10_000_000, 300_000, 500_000
GIGABYTE = 1024**3
FACTS = [
    "said,understands,4",
    "said,owns,2",
    "nodded,,1",
    "agreed,,1",
    "did,kept,1",
    "did,kept,0",
    "did,attended,1",
    "silent,,0",
]


def write(path: Path, rows: int, people: int) -> None:
    chance = np.random.default_rng(7)
    with path.open("w") as file:
        file.write("person,at,kind,item,value\n")
        for _ in range(0, rows, PART):
            person = chance.integers(0, people, PART).tolist()
            at = chance.integers(1_600_000_000, 1_760_000_000, PART).astype("datetime64[s]")
            fact = chance.integers(0, len(FACTS), PART).tolist()
            file.writelines(
                f"person-{who},{when}Z,{FACTS[what]}\n"
                for who, when, what in zip(person, at.astype(str).tolist(), fact, strict=True)
            )


def stand(*words: str) -> tuple[subprocess.CompletedProcess[str], int]:
    """The call, ended by the system beyond 4 GB of memory, and its peak in bytes."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (4 * GIGABYTE, 4 * GIGABYTE))

    command = [sys.executable, "-m", "earnest", "stand", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=bounded)
    return done, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def test_ten_million_rows_stay_below_four_gigabytes(tmp_path: Path) -> None:
    evidence, out, foretold = (tmp_path / f"{name}.csv" for name in ("e", "o", "p"))
    write(evidence, ROWS, PEOPLE)
    done, peak = stand(str(evidence), "--out", str(out), "--prequential", str(foretold))
    assert done.returncode == 0, done.stderr
    assert peak < 4 * GIGABYTE
    assert lines(out) == PEOPLE + 1
    assert 0.37 * ROWS < lines(foretold) < 0.38 * ROWS


def test_a_million_rows_of_one_person_end(tmp_path: Path) -> None:
    evidence, out, foretold = (tmp_path / f"{name}.csv" for name in ("e", "o", "p"))
    write(evidence, 1_000_000, 1)
    done, _ = stand(str(evidence), "--out", str(out), "--prequential", str(foretold))
    assert done.returncode == 0, done.stderr
    assert lines(out) == 2
    assert "nan" not in out.read_text().lower()
