"""Where the readings do not allow an answer, none is given."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from earnest.engine.effect import Effect, Reading, find_effect

START = date(2026, 3, 2)


def weekly(group: str, values: list[float], first: int, of: int | None = None) -> list[Reading]:
    """One a week, from ``first`` weeks after the start."""
    return [
        Reading(group, START + timedelta(weeks=first + place), value, of)
        for place, value in enumerate(values)
    ]


def found_in(readings: list[Reading]) -> Effect:
    return find_effect(readings, start=START, treated="ours")


@pytest.mark.parametrize("since", [3, 5, 7, 12])
def test_a_steady_trend_is_no_effect_however_soon_one_asks(since: int) -> None:
    claims = 0
    for seed in range(40):
        chance = random.Random(seed)
        values = [20 + week + chance.gauss(0, 2) for week in range(30 + since)]
        claims += found_in(weekly("ours", values, -30)).enough
    assert claims <= 8  # two means would say so forty times; one in ten is what is allowed


def test_a_trend_is_followed_where_readings_become_rarer() -> None:
    daily = [
        Reading("ours", START + timedelta(days=day), 100.0 + day + day % 3) for day in range(-24, 0)
    ]
    since = weekly("ours", [100.0 + 7 * week + week % 3 for week in range(10)], 0)
    found = found_in([*daily, *since])
    assert not found.enough
    assert found.expected == pytest.approx(110.5, abs=2)  # the three weeks that are trusted


@pytest.mark.parametrize("months", [3, 14])
def test_where_readings_since_are_rarer_than_the_trend_was_long_it_says_so(months: int) -> None:
    daily = [Reading("ours", START + timedelta(days=day), 10.0 + day % 3) for day in range(-30, 0)]
    since = [Reading("ours", START + timedelta(days=30 * one), 5.0) for one in range(months)]
    assert found_in([*daily, *since]).why_not == (
        "the trend was read for 30 days before the start, and there is only 1 reading in as long since"
    )


def beside_large_groups(chance: random.Random, groups: int = 6) -> list[Reading]:
    """Half of all, everywhere and always: a pilot of five cases a week, the others of 1,500."""

    def share(cases: int) -> float:
        return 100 * sum(chance.random() < 0.5 for _ in range(cases)) / cases

    found = weekly("ours", [share(5) for _ in range(8)], -4, of=5)
    for one in range(groups):
        found += weekly(f"other {one}", [chance.gauss(50, 1.3) for _ in range(8)], -4, of=1500)
    return found


def test_few_cases_are_no_surer_beside_large_groups() -> None:
    chance = random.Random(7)
    found = [found_in(beside_large_groups(chance)) for _ in range(40)]
    assert sum(one.enough for one in found) <= 8  # of forty, four would be wrong by chance
    for one in found:
        assert one.low is not None
        assert one.high is not None
        assert one.high - one.low > 30  # twenty cases and twenty leave that much open


def test_a_share_cannot_follow_a_trend_beyond_all() -> None:
    before = weekly("ours", [3.0 * week + week % 3 for week in range(30)], -30, of=100)
    found = found_in([*before, *weekly("ours", [90.0] * 20, 0, of=100)])
    assert not found.enough
    assert "no share goes so far" in found.why_not


@pytest.mark.parametrize("groups", [1, 6])
def test_one_reading_a_side_is_too_early_however_many_compare(groups: int) -> None:
    compared = [weekly(f"other {one}", [10.0 + one / 9, 10.1], -1) for one in range(groups)]
    found = found_in([*weekly("ours", [10.0, 19.0], -1), *(row for one in compared for row in one)])
    assert not found.enough
    assert found.why_not == "there is only 1 reading since the start"


def test_three_days_are_too_early_with_a_comparison_too() -> None:
    days = [
        Reading(
            group, START + timedelta(days=day), 10.0 + day % 2 + 9 * (day >= 0 and group == "ours")
        )
        for group in ("ours", "theirs")
        for day in range(-10, 3)
    ]
    assert found_in(days).why_not.startswith("it is less than a week since the start")


def test_nearly_the_same_share_is_not_another_number_of_cases() -> None:
    """24.9 % and 25.1 % of two cases: no count, and hardly a difference."""
    found = found_in([*weekly("ours", [24.9] * 8, -8, of=2), *weekly("ours", [25.1] * 8, 0, of=2)])
    assert not found.enough
    assert found.low is not None
    assert found.high is not None
    assert -found.low == pytest.approx(found.high, rel=0.05)


@pytest.mark.parametrize(("before", "after"), [(0.0, 100.0), (100.0, 0.0)])
def test_a_share_changes_by_a_hundred_points_at_most(before: float, after: float) -> None:
    found = found_in(
        [*weekly("ours", [before] * 4, -4, of=20), *weekly("ours", [after] * 4, 0, of=20)]
    )
    assert found.low is not None
    assert found.high is not None
    assert found.estimate is not None
    assert -100 <= found.low <= found.estimate <= found.high <= 100


def test_comparisons_that_miss_each_another_week_are_not_all_kept() -> None:
    rows = weekly("ours", [10.0 + week % 3 for week in range(10)], -5)
    for miss in range(5):
        there = weekly(f"other {miss}", [9.0 + (week + miss) % 3 for week in range(10)], -5)
        rows += [one for place, one in enumerate(there) if place != miss]
    found = found_in(rows)
    assert found.readings_before == 3
    assert found.comparisons == ("other 0", "other 1")


def test_a_group_read_in_fewer_than_four_of_five_weeks_is_no_comparison() -> None:
    ours = weekly("ours", [10.0 + week % 3 for week in range(20)], -10)
    theirs = weekly("theirs", [9.0 + week % 2 for week in range(20)], -10)
    assert found_in([*ours, *theirs[2:]]).comparisons == ("theirs",)
    assert found_in([*ours, *theirs[3:]]).comparisons == ()


def test_five_comparisons_spread_as_a_mean_of_five_does() -> None:
    """Student's t of four degrees, 2.132: changes of 1, 2, 3, 4 and 5 around 3, spread √2.5."""
    rows = weekly("ours", [10.0] * 4 + [20.0] * 4, -4)
    for change in range(1, 6):
        rows += weekly(f"other {change}", [10.0] * 4 + [10.0 + change] * 4, -4)
    found = found_in(rows)
    assert found.estimate == pytest.approx(7)
    assert found.high is not None
    assert found.high - 7 == pytest.approx(2.1318 * (2.5 * (1 + 1 / 5)) ** 0.5, rel=1e-3)
