"""earnest map on 50 million votes: below 4 GB, and at a cost that grows no faster than the votes.

Processor seconds are compared, which say the same on a machine that does other things as well; the minute
by the clock is for a quiet machine of two cores (``python -m benchmarks.opinion.big``). PROOF_VOTES says of
how many votes, where there is less time: then growth is what is proved.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.opinion.big import Cost, Size, cost, measure, sizes
from tests.commands import clean, earnest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
VOTES = int(os.environ.get("PROOF_VOTES", "50000000"))
PROCESSORS = 2 * 60  # seconds that two cores have in a minute
GIGABYTES_4 = 4_000


@pytest.fixture(scope="module")
def costs() -> list[Cost]:
    """A sixteenth of the votes, a quarter, and all."""
    return measure(sizes(VOTES))


def test_fifty_million_votes_take_a_minute_of_two_cores_and_four_gigabytes(
    costs: list[Cost],
) -> None:
    assert costs[-1].processor < PROCESSORS, costs[-1].line()
    assert costs[-1].peak_mb < GIGABYTES_4, costs[-1].line()


def test_cost_grows_no_faster_than_the_votes(costs: list[Cost]) -> None:
    small, middle, large = costs
    for less, more in ((small, middle), (middle, large)):
        times = more.size.votes / less.size.votes
        assert more.processor < times * less.processor * 1.1, (less.line(), more.line())
        assert more.peak_mb < times * less.peak_mb, (less.line(), more.line())


def test_from_disk_memory_hardly_grows(tmp_path: Path) -> None:
    pytest.importorskip("dask", reason="Dask is not installed")
    people = VOTES // 200
    less = cost(Size(people, 200, 40), tmp_path, "--no-sure", "--cluster")
    more = cost(Size(people, 200, 160), tmp_path, "--no-sure", "--cluster")
    assert more.peak_mb < 2 * less.peak_mb, (less.line(), more.line())


@pytest.mark.parametrize(
    ("end", "sentence"), [("\n", "line 2: this is no CSV"), ("", "a line is longer than")]
)
def test_three_hundred_megabytes_of_nonsense_end_in_words(
    end: str, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "votes.csv"
    with path.open("w") as file:
        file.write("voter,statement,vote\n")
        for _ in range(300):
            file.write('"never closed, ' + "x" * 1_048_576 + end)
    done = earnest("map", str(path), "--out", str(tmp_path / "m.json"), env=clean(tmp_path / "d"))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_three_hundred_megabytes_of_texts_are_read(tmp_path: Path) -> None:
    path, out = tmp_path / "votes.csv", tmp_path / "map.json"
    who = [f"participant-{number:020}-é" for number in range(20_000)]
    with path.open("w") as file:
        file.write("voter;statement;vote\r\n")
        for what in range(300):
            rows = (f'"{one}";"statement {what}";{(n * what) % 3 - 1}' for n, one in enumerate(who))
            file.write("\r\n".join(rows) + "\r\n")
    assert path.stat().st_size > 300e6
    done = earnest("map", str(path), "--out", str(out), "--no-sure", env=clean(tmp_path / "d"))
    assert done.returncode == 0, done.stderr
    assert '"votes":6000000' in out.read_text()
