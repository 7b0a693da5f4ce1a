"""earnest.engine.effect: nine of ten intervals hold the truth, in every world; and large files are read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from benchmarks.effect.coverage import Coverage, measure
from benchmarks.effect.worlds import WORLDS
from tests.commands import clean, earnest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(7200)]
COUNT = int(os.environ.get("PROOF_WORLDS", "4000"))
LEAST, MOST = 0.87, 0.93
CHANCE = 2 * (0.9 * 0.1 / COUNT) ** 0.5  # of drawing so many, both ways


@pytest.fixture(scope="module")
def coverages() -> dict[str, Coverage]:
    return {one.world: one for one in measure(COUNT)}


@pytest.mark.parametrize("world", [one.name for one in WORLDS])
def test_nine_of_ten_intervals_hold_the_truth(world: str, coverages: dict[str, Coverage]) -> None:
    held = coverages[world].held
    assert LEAST - CHANCE <= held <= MOST + CHANCE, coverages[world].line()


def test_three_hundred_megabytes_of_readings_are_read(tmp_path: Path) -> None:
    path, out = tmp_path / "measures.csv", tmp_path / "effect.json"
    with path.open("w") as file:
        file.write("group;at;value;note\r\n")
        for group in range(200):
            name = f'"team {group} with a name as long as some have"'
            for year in range(1900, 2040):
                file.writelines(
                    f"{name};{year}-{month:02}-{day:02};{(day * month + group) % 17}.5;x\r\n"
                    for month in range(1, 13)
                    for day in range(1, 29)
                    if (group + year) % 7
                )
    assert path.stat().st_size > 300e6
    done = earnest(
        *("effect", str(path), "--start", "2030-01-01", "--out", str(out)),
        *("--treated", "team 1 with a name as long as some have"),
        env=clean(tmp_path / "d"),
    )
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert json.loads(out.read_text())["sentence"]


@pytest.mark.parametrize("end", ["\n", ""])
def test_three_hundred_megabytes_of_nonsense_end_in_words(end: str, tmp_path: Path) -> None:
    path = tmp_path / "measures.csv"
    with path.open("w") as file:
        file.write("group,at,value\n")
        for _ in range(300):
            file.write('"never closed, ' + "x" * 1_048_576 + end)
    done = earnest(
        *("effect", str(path), "--start", "2026-01-01", "--treated", "a"),
        *("--out", str(tmp_path / "e.json")),
        env=clean(tmp_path / "d"),
    )
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr
