"""earnest.engine.effect: nine of ten intervals hold the truth, in every world; and large files are read.

PROOF_WORLDS says how many draws of each world and PROOF_READINGS how many rows, where there is less time. The
draws begin with those of docs/effect.md: four thousand of each world take ten minutes of a processor.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.effect.allowing import as_the_prior_has_it
from benchmarks.effect.coverage import cover
from benchmarks.effect.worlds import START, WORLDS
from tests.commands import clean, earnest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
COUNT = int(os.environ.get("PROOF_WORLDS", "4000"))
READINGS = int(os.environ.get("PROOF_READINGS", "3000000"))
GROUPS, ROW, SINCE = 200, 100, 400  # groups of a file, least bytes of a row, days since the start
CHANGE, NOTE = 5, "so much was counted on that day, and this is a note beside it"
LEAST, MOST = 0.87, 0.93
CHANCE = 2 * (0.9 * 0.1 / COUNT) ** 0.5  # two standard errors of so many draws


@pytest.mark.parametrize("place", range(len(WORLDS)), ids=[one.name for one in WORLDS])
def test_nine_of_ten_intervals_hold_the_truth(place: int) -> None:
    """87 to 93 in a hundred, give or take what so many draws do by chance."""
    found = cover(place, range(COUNT))
    assert LEAST - CHANCE <= found.held <= MOST + CHANCE, found.line()


def test_no_fewer_hold_it_where_ties_are_as_likely_as_the_prior_has_them() -> None:
    """On average over its own prior it is on the safe side: a grid too coarse would show here."""
    found = as_the_prior_has_it(COUNT)
    assert 0.9 - CHANCE <= found.held <= MOST + CHANCE, found


def write(path: Path) -> None:
    """Rows of all groups; the first of them changed by CHANGE with the start."""
    days = READINGS // GROUPS
    with path.open("w", newline="") as file:
        file.write("group;at;note;value\r\n")
        for group in range(GROUPS):
            name = f'"team {group} with a name as long as some have"'
            rows = []
            for day in range(SINCE - days, SINCE):
                value = (day * day + day * group) % 17 + CHANGE * (day >= 0 and not group)
                rows.append(f"{name};{START + timedelta(day)};{NOTE};{value}.5\r\n")
            file.writelines(rows)


def test_three_hundred_megabytes_of_readings_are_read(tmp_path: Path) -> None:
    path, out = tmp_path / "measures.csv", tmp_path / "effect.json"
    write(path)
    assert path.stat().st_size >= READINGS * ROW
    done = earnest(
        *("effect", str(path), "--start", START.isoformat(), "--out", str(out)),
        *("--treated", "team 0 with a name as long as some have"),
        env=clean(tmp_path / "d"),
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text())
    assert found["rows"] == READINGS // GROUPS * GROUPS
    assert len(found["comparisons"]) == GROUPS - 1
    assert found["enough"]
    assert found["low"] < CHANGE < found["high"]
    assert found["high"] - found["low"] < 2
    assert done.stdout.strip() == found["sentence"]


@pytest.mark.parametrize(
    ("end", "sentence"), [("\n", ": this is no CSV"), ("", "line 2 is longer than")]
)
def test_three_hundred_megabytes_of_nonsense_end_in_words(
    end: str, sentence: str, tmp_path: Path
) -> None:
    path, out = tmp_path / "measures.csv", tmp_path / "effect.json"
    with path.open("w") as file:
        file.write("group,at,value\n")
        file.write('"never closed, ')
        for _ in range(3_000):
            file.write("x" * 100_000 + end)
    done = earnest(
        *("effect", str(path), "--start", "2026-01-01", "--treated", "a", "--out", str(out)),
        env=clean(tmp_path / "d"),
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
