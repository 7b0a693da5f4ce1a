"""What an effect says in the simple cases."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from earnest.engine.effect import BadReadings, Reading, find_effect

START = date(2026, 3, 2)


def weekly(group: str, before: list[float], after: list[float]) -> list[Reading]:
    days = [START + timedelta(weeks=week) for week in range(-len(before), len(after))]
    return [Reading(group, day, value) for day, value in zip(days, before + after, strict=True)]


def test_change_is_told_beside_the_comparison() -> None:
    readings = weekly("pilot", [28, 40, 31, 37], [55, 67, 58, 64])
    readings += weekly("rest", [39, 31, 38, 32], [41, 33, 40, 34])
    found = find_effect(
        readings, start=START, treated="pilot", unit="%", what="of requests had one owner in a day"
    )
    assert found.enough
    assert found.estimate == pytest.approx(25)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 25 < found.high
    assert found.sentence.startswith(
        "61 % of requests had one owner in a day, 34 % before; "
        "the comparison moved from 35 to 37; likely between +"
    )


def test_shares_are_told_from_their_counts() -> None:
    readings = [
        Reading("pilot", START - timedelta(7), 34, 120),
        Reading("pilot", START, 61, 130),
    ]
    found = find_effect(readings, start=START, treated="pilot")
    assert found.enough
    assert found.estimate == pytest.approx(27)
    assert "points" in found.sentence


@pytest.mark.parametrize("compared", [True, False])
def test_shares_that_do_not_vary_are_told_from_their_counts(compared: bool) -> None:
    """Twenty weeks that move alike: that sixty cases vary by chance is known all the same."""
    readings = []
    for week in range(-10, 10):
        wobble, day = 5 * (week % 3) * compared, START + timedelta(7 * week)
        readings.append(Reading("pilot", day, (60 if week >= 0 else 35) + wobble, 60))
        if compared:
            readings.append(Reading("others", day, 35 + wobble, 60))
    found = find_effect(readings, start=START, treated="pilot")
    assert found.enough
    assert found.estimate == pytest.approx(25)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low > 5


@pytest.mark.parametrize("readings", [[], weekly("pilot", [1, 2], []), weekly("pilot", [], [1, 2])])
def test_without_both_sides_it_is_too_early(readings: list[Reading]) -> None:
    found = find_effect(readings, start=START, treated="pilot")
    assert not found.enough
    assert found.sentence.startswith("Too early to say")
    assert found.estimate is None


def test_no_number_is_refused() -> None:
    with pytest.raises(BadReadings):
        find_effect(weekly("pilot", [1, float("nan")], [2, 3]), start=START, treated="pilot")


def test_importing_it_loads_no_numpy() -> None:
    code = "import sys, earnest.engine.effect; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
