"""What must not matter to an effect, and what must change with it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from earnest.engine.effect import Effect, Reading, find_effect

START = date(2026, 3, 2)
type Made = Callable[[], list[Reading]]


def values(groups: int, before: int, after: int) -> list[Reading]:
    chance = random.Random(groups + before)
    return [
        Reading(f"g{group}", START + timedelta(weeks=week), chance.gauss(20, 3) + 4 * (week >= 0))
        for group in range(groups)
        for week in range(-before, after)
    ]


def shares(groups: int, before: int, after: int) -> list[Reading]:
    chance = random.Random(groups + after)
    found = []
    for one in values(groups, before, after):
        of = chance.randrange(20, 60)
        yes = sum(chance.random() < 0.3 + 0.2 * (one.at >= START) for _ in range(of))
        found.append(replace(one, value=100 * yes / of, of=of))
    return found


WAYS: dict[str, Made] = {
    "two means": lambda: values(1, 7, 5),
    "a trend": lambda: values(1, 30, 12),
    "a comparison": lambda: values(2, 9, 7),
    "several comparisons": lambda: values(4, 9, 7),
    "many comparisons": lambda: values(9, 4, 4),
    "counts": lambda: shares(1, 1, 1),
    "shares": lambda: shares(1, 6, 5),
    "shares, comparison": lambda: shares(3, 6, 5),
    "shares, long": lambda: shares(1, 30, 20),
}


def found(readings: list[Reading]) -> Effect:
    return find_effect(readings, start=START, treated="g0")


def three(effect: Effect) -> tuple[float, float, float]:
    assert effect.estimate is not None
    assert effect.low is not None
    assert effect.high is not None
    return effect.estimate, effect.low, effect.high


@pytest.mark.parametrize("way", WAYS)
def test_order_of_readings_does_not_matter(way: str) -> None:
    readings = WAYS[way]()
    mixed = readings.copy()
    random.Random(3).shuffle(mixed)
    assert three(found(mixed)) == pytest.approx(three(found(readings)), rel=1e-9)


@pytest.mark.parametrize("way", [one for one, made in WAYS.items() if made()[0].of is None])
def test_values_moved_and_stretched_move_and_stretch_the_effect(way: str) -> None:
    readings = WAYS[way]()
    moved = [replace(one, value=1000 + one.value) for one in readings]
    assert three(found(moved)) == pytest.approx(three(found(readings)), rel=1e-7)
    longer = [replace(one, value=1e6 * one.value) for one in readings]
    stretched = tuple(1e6 * one for one in three(found(readings)))
    assert three(found(longer)) == pytest.approx(stretched, rel=1e-7)


@pytest.mark.parametrize("way", [one for one in WAYS if one not in {"a trend", "shares, long"}])
def test_time_run_backwards_turns_the_sign(way: str) -> None:
    readings = WAYS[way]()
    back = [replace(one, at=START - timedelta(weeks=1) + (START - one.at)) for one in readings]
    estimate, low, high = three(found(readings))
    assert three(found(back)) == pytest.approx((-estimate, -high, -low), rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("way", [one for one in WAYS if "omparison" in one and "shares" not in one])
def test_what_happens_to_all_groups_is_no_effect(way: str) -> None:
    readings = WAYS[way]()
    shocked = [replace(one, value=one.value + one.at.toordinal() % 37) for one in readings]
    assert three(found(shocked)) == pytest.approx(three(found(readings)), rel=1e-7)


@pytest.mark.parametrize("way", WAYS)
def test_a_surer_interval_is_wider(way: str) -> None:
    readings = WAYS[way]()
    widths = [
        three(find_effect(readings, start=START, treated="g0", level=level))
        for level in (0.5, 0.8, 0.9, 0.99)
    ]
    lows, highs = [one[1] for one in widths], [one[2] for one in widths]
    assert lows == sorted(lows, reverse=True)
    assert highs == sorted(highs)


@pytest.mark.parametrize("way", WAYS)
def test_estimate_follows_from_the_means_and_lies_inside(way: str) -> None:
    effect = found(WAYS[way]())
    estimate, low, high = three(effect)
    assert low <= estimate <= high
    assert effect.before is not None
    assert effect.after is not None
    change = effect.after - (effect.before if effect.expected is None else effect.expected)
    if effect.comparison_before is not None and effect.comparison_after is not None:
        change -= effect.comparison_after - effect.comparison_before
    assert estimate == pytest.approx(change)


def test_readings_of_one_day_are_taken_together() -> None:
    readings = values(2, 6, 5)
    split = [replace(one, value=one.value + way) for one in readings for way in (-1, 1)]
    assert three(found(split)) == pytest.approx(three(found(readings)))


def test_groups_read_on_other_days_are_compared_by_the_week() -> None:
    readings = values(2, 8, 6)
    late = [
        replace(one, at=one.at + timedelta(2)) if one.group == "g1" else one for one in readings
    ]
    effect = found(late)
    assert effect.comparisons == ("g1",)
    assert three(effect) == pytest.approx(three(found(readings)))


def test_shares_read_often_are_no_surer_than_their_cases() -> None:
    """Fifteen weeks of a hundred cases on each side that vary less than counts by chance would."""
    start = date(2026, 6, 1)
    readings = [
        Reading(
            "ours", start + timedelta(weeks=week), (60.0 if week >= 0 else 50.0) + week % 2, 100
        )
        for week in range(-15, 15)
    ]
    found = find_effect(readings, start=start, treated="ours")
    assert found.low is not None
    assert found.high is not None
    counted = 2 * 1.645 * 100 * (0.25 / 1500 + 0.24 / 1500) ** 0.5
    assert found.high - found.low == pytest.approx(counted, rel=0.02)
