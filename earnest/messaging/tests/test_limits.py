"""How much may be asked, and at which hour: numbers and dates alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.messaging import limits

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
times = st.lists(
    st.integers(-60 * 24, 10 * 24).map(lambda hours: AT + timedelta(hours=hours)), max_size=9
)


def test_two_in_fourteen_days_is_enough() -> None:
    assert limits.enough_until([AT - 3 * DAY], at=AT) is None
    assert limits.enough_until([AT - 3 * DAY, AT - 13 * DAY], at=AT) == AT + DAY
    assert limits.enough_until([AT - 3 * DAY, AT - 14 * DAY], at=AT) is None
    assert limits.enough_until([AT, AT, AT - 2 * DAY], at=AT) == AT + 14 * DAY


def test_who_asked_for_less_is_asked_once_in_four_weeks() -> None:
    assert limits.enough_until([AT - 27 * DAY], at=AT, less=True) == AT + DAY
    assert limits.enough_until([AT - 28 * DAY], at=AT, less=True) is None


@given(asked=times, less=st.booleans())
def test_from_the_day_it_names_there_is_room_and_not_before(
    asked: list[datetime], *, less: bool
) -> None:
    until = limits.enough_until(asked, at=AT, less=less)
    if until is None:
        return
    assert until > AT
    assert limits.enough_until(asked, at=until, less=less) is None
    assert limits.enough_until(asked, at=until - timedelta(seconds=1), less=less) is not None


@given(gaps=st.lists(st.integers(0, 20 * 24), max_size=30), less=st.booleans())
def test_whoever_asks_only_where_there_is_room_keeps_the_limit_in_any_span(
    gaps: list[int], *, less: bool
) -> None:
    most, span = (1, 28 * DAY) if less else (2, 14 * DAY)
    asked: list[datetime] = []
    at = AT
    for hours in gaps:
        at += timedelta(hours=hours)
        if limits.enough_until(asked, at=at, less=less) is None:
            asked.append(at)
    for first in asked:
        assert sum(first <= one < first + span for one in asked) <= most


@pytest.mark.parametrize(
    ("at", "zone", "leaves"),
    [
        ("2026-11-20T09:00", "Europe/Amsterdam", "2026-11-20T09:00"),  # Friday, ten there
        ("2026-11-20T06:59", "Europe/Amsterdam", "2026-11-20T07:00"),  # before eight there
        ("2026-11-20T17:00", "Europe/Amsterdam", "2026-11-23T07:00"),  # six on Friday: Monday
        ("2026-11-21T09:00", "Europe/Amsterdam", "2026-11-23T07:00"),
        ("2026-11-20T09:00", "Pacific/Auckland", "2026-11-22T19:00"),  # Friday night there
        ("2026-03-28T12:00", "Europe/Amsterdam", "2026-03-30T06:00"),  # the clocks went forward
    ],
)
def test_what_asks_something_leaves_in_working_hours_where_they_live(
    at: str, zone: str, leaves: str
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert limits.working_moment(moment, zone) == datetime.fromisoformat(leaves).replace(tzinfo=UTC)


@given(
    at=st.integers(0, 10 * 365 * 24 * 60).map(lambda n: AT + timedelta(minutes=n)),
    zone=st.sampled_from(["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]),
)
def test_any_moment_leads_to_a_working_one_within_three_days(at: datetime, zone: str) -> None:
    leaves = limits.working_moment(at, zone)
    there = leaves.astimezone(ZoneInfo(zone))
    assert at <= leaves <= at + 3 * DAY
    assert there.weekday() < 5
    assert 8 <= there.hour < 18
    assert limits.working_moment(leaves, zone) == leaves


def test_days_away_are_no_days_to_answer() -> None:
    asked, today = date(2026, 11, 2), date(2026, 11, 12)
    assert limits.days_to_answer(asked, today, []) == 10
    assert limits.days_to_answer(asked, today, [(date(2026, 11, 4), date(2026, 11, 9))]) == 4
    assert limits.days_to_answer(asked, asked, []) == 0
