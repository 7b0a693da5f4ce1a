"""What a person reads: one sentence, and why where it is too early."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest

from earnest.engine.effect import BadReadings, Reading, find_effect

START = date(2026, 3, 2)


def series(group: str, before: list[float], after: list[float], step: int = 7) -> list[Reading]:
    return [
        Reading(group, START + timedelta(step * (place - len(before))), value)
        for place, value in enumerate(before + after)
    ]


def why(readings: list[Reading]) -> str:
    found = find_effect(readings, start=START, treated="pilot", unit="hours")
    assert not found.enough
    assert found.sentence.startswith(f"Too early to say: {found.why_not}.")
    return found.why_not


def test_one_reading_since_is_too_few() -> None:
    assert why(series("pilot", [5, 6, 7, 5], [2])) == "there is only 1 reading since the start"


def test_two_readings_before_are_too_few() -> None:
    said = why(series("pilot", [5, 6], [1, 2, 1, 2]))
    assert said == "there are only 2 readings from before the start"


def test_readings_that_never_vary_tell_nothing() -> None:
    assert "do not vary at all" in why(series("pilot", [5, 5, 5, 5], [3, 3, 3, 3]))


def test_less_than_a_week_of_days_is_too_short() -> None:
    days = series("pilot", [9, 8, 9, 8, 9, 8, 9, 8, 9, 8], [2, 1, 2, 1], step=1)
    assert "less than a week" in why(days)


def test_few_cases_are_too_few() -> None:
    readings = [
        Reading("pilot", START - timedelta(7), 20, 100),
        Reading("pilot", START, 100, 6),
    ]
    assert why(readings) == "there are only 6 cases since the start"


def test_an_interval_of_both_ways_says_how_good_and_how_bad() -> None:
    readings = series("pilot", [5, 7, 6, 8, 4, 6], [6, 7, 5, 8, 5, 6])
    ways: tuple[Literal["up", "down"], ...] = ("up", "down")
    for better in ways:
        found = find_effect(readings, start=START, treated="pilot", unit="hours", better=better)
        assert not found.enough
        assert "better by up to" in found.why_not
        assert "worse by up to" in found.why_not
        assert "hours" in found.why_not


def test_better_down_turns_good_and_bad() -> None:
    readings = series("pilot", [5, 7, 6, 8, 4, 6], [5, 6, 4, 7, 4, 5])
    up = find_effect(readings, start=START, treated="pilot").why_not
    down = find_effect(readings, start=START, treated="pilot", better="down").why_not
    good = down.partition("better by up to ")[2].partition(",")[0]
    assert f"worse by up to {good}" in up


def test_what_and_unit_stand_in_the_sentence() -> None:
    readings = series("pilot", [50, 54, 49, 52, 55], [31, 30, 34, 29, 33])
    found = find_effect(
        readings, start=START, treated="pilot", unit="hours", what="until somebody answered"
    )
    assert found.sentence.startswith(
        "31.4 hours until somebody answered, 52.0 hours before; likely"
    )
    assert found.sentence.endswith(" hours.")


@pytest.mark.parametrize(
    "what",
    [
        "[[what]]",
        "of 100 % {asked}; “über” 3.5 days\u00a0— never",
        "%s \\1 <b>",
        " before, 7 ",
        ".",
    ],
)
@pytest.mark.parametrize("since", [[31, 30, 34, 29, 33], [31]])
def test_what_is_read_passes_through_unchanged(what: str, since: list[float]) -> None:
    readings = series("pilot", [50, 54, 49, 52, 55], since)
    found = find_effect(readings, start=START, treated="pilot", unit="hours", what=what)
    without = find_effect(readings, start=START, treated="pilot", unit="hours")
    assert f" hours {what}, " in found.sentence
    assert found.sentence.replace(what, "since") == without.sentence.replace(what, "since")
    assert found.why_not == without.why_not


def test_blank_words_are_no_words() -> None:
    readings = series("pilot", [50, 54, 49, 52, 55], [31, 30, 34, 29, 33])
    assert (
        " hours since, "
        in find_effect(readings, start=START, treated="pilot", unit="hours", what="  ").sentence
    )


def test_no_sentence_says_minus_nothing_or_a_probability() -> None:
    readings = series("pilot", [0.001, -0.002, 0.0, 0.001], [0.0, 0.001, -0.001, 0.0])
    said = find_effect(readings, start=START, treated="pilot").sentence
    assert "−0 " not in said
    assert "p =" not in said
    assert "signific" not in said


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1.0, 1e6, 1e14])
def test_numbers_of_any_size_are_said(scale: float) -> None:
    before, after = [scale * one for one in (5, 6, 7, 5)], [scale * one for one in (2, 1, 2, 1)]
    found = find_effect(series("pilot", before, after), start=START, treated="pilot")
    assert found.enough
    assert "nan" not in found.sentence
    assert len(found.sentence) < 200


def test_a_group_read_too_seldom_is_no_comparison() -> None:
    readings = series("pilot", [5, 6, 7, 5], [2, 1, 2, 1])
    readings += series("seldom", [5], [6])
    found = find_effect(readings, start=START, treated="pilot")
    assert found.comparisons == ()
    assert found.comparison_before is None


@pytest.mark.parametrize(
    ("value", "of"), [(float("inf"), None), (1e300, None), (101.0, 5), (-1.0, 5), (50.0, 0)]
)
def test_what_is_no_number_or_no_share_is_refused(value: float, of: int | None) -> None:
    with pytest.raises(BadReadings):
        find_effect([Reading("pilot", START, value, of)], start=START, treated="pilot")


def test_shares_and_values_are_not_mixed() -> None:
    readings = [Reading("pilot", START, 5.0, 10), Reading("pilot", START - timedelta(1), 5.0)]
    with pytest.raises(BadReadings):
        find_effect(readings, start=START, treated="pilot")


def test_a_trend_is_told_as_where_it_would_have_led() -> None:
    before = [20 + week / 2 + week % 3 for week in range(30)]
    after = [50 + week % 3 for week in range(12)]
    found = find_effect(
        series("pilot", before, [float(one) for one in after]), start=START, treated="pilot"
    )
    assert found.enough
    assert "going on as before would have led to 3" in found.sentence
    assert found.expected == pytest.approx(39, abs=1.5)


def test_weekdays_and_months_are_told_apart_where_they_were_seen() -> None:
    days = [START + timedelta(one) for one in range(-60, 30)]
    daily = [Reading("pilot", one, 10 + 5 * (one.weekday() > 4) + one.day % 3) for one in days]
    assert "weekdays" in find_effect(daily, start=START, treated="pilot").method
    weeks = [START + timedelta(7 * one) for one in range(-150, 30)]
    weekly = [Reading("pilot", one, 10 + one.month + one.day % 3) for one in weeks]
    assert "months" in find_effect(weekly, start=START, treated="pilot").method
