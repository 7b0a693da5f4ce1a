"""When a digest leaves: by its reader's clock, once a day, whatever their zone does at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from earnest.rhythm.hours import Hours, first, fitting, following

DAILY = Hours(
    weekly=False, weekday=0, hour=8, quiet_from=19, quiet_until=7, zone="Europe/Amsterdam"
)
WEEKLY = replace(DAILY, weekly=True)
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def there(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


def test_every_working_day_and_not_on_the_weekend() -> None:
    assert there(first(DAILY, FRIDAY), DAILY.zone) == "Mon 23 Nov 08:00"
    assert there(following(DAILY, date(2026, 11, 23)), DAILY.zone) == "Tue 24 Nov 08:00"


def test_once_a_week_on_their_day() -> None:
    assert there(first(replace(WEEKLY, weekday=2), FRIDAY), DAILY.zone) == "Wed 25 Nov 08:00"
    sunday = replace(WEEKLY, weekday=6)
    assert there(following(sunday, date(2026, 11, 22)), DAILY.zone) == "Sun 29 Nov 08:00"


def test_chosen_before_the_hour_it_comes_the_same_day_but_never_twice() -> None:
    early = FRIDAY - timedelta(hours=4)
    assert there(first(DAILY, early), DAILY.zone) == "Fri 20 Nov 08:00"
    again = first(DAILY, early, last_on=date(2026, 11, 20))
    assert there(again, DAILY.zone) == "Mon 23 Nov 08:00"


@pytest.mark.parametrize(
    ("zone", "utc"),
    [("Asia/Kathmandu", "02:15"), ("Pacific/Auckland", "19:00"), ("America/St_Johns", "11:30")],
)
def test_eight_is_eight_where_they_live(zone: str, utc: str) -> None:
    found = first(replace(DAILY, zone=zone), FRIDAY + timedelta(hours=6))
    assert f"{found:%H:%M}" == utc
    assert there(found, zone) == "Mon 23 Nov 08:00"


def test_an_hour_the_spring_night_leaves_out_is_the_first_after_it() -> None:
    night = replace(WEEKLY, weekday=6, hour=2, quiet_from=0, quiet_until=0)
    found = first(night, datetime(2027, 3, 26, tzinfo=UTC))
    assert there(found, night.zone) == "Sun 28 Mar 03:00"
    assert there(following(night, date(2027, 3, 28)), night.zone) == "Sun 04 Apr 02:00"


def test_an_hour_the_autumn_night_has_twice_comes_once() -> None:
    night = replace(WEEKLY, weekday=6, hour=2, quiet_from=0, quiet_until=0)
    found = first(night, datetime(2026, 10, 24, tzinfo=UTC))
    assert found == datetime(2026, 10, 25, 0, tzinfo=UTC)
    an_hour_later = found + timedelta(hours=1)
    assert night.day_of(an_hour_later) == date(2026, 10, 25)
    assert there(first(night, an_hour_later, last_on=date(2026, 10, 25)), night.zone) == (
        "Sun 01 Nov 02:00"
    )


@pytest.mark.parametrize("day", [date(2027, 4, 3), date(2026, 9, 26)])
def test_days_follow_each_other_over_both_nights_in_the_south(day: date) -> None:
    auckland = replace(WEEKLY, weekday=day.weekday(), zone="Pacific/Auckland")
    found = following(auckland, day)
    assert (auckland.day_of(found) - day).days == 7
    assert f"{found.astimezone(ZoneInfo(auckland.zone)):%H:%M}" == "08:00"


def test_quiet_hours_go_over_midnight() -> None:
    assert [hour for hour in range(24) if not DAILY.is_quiet(hour)] == list(range(7, 19))
    noon = replace(DAILY, quiet_from=12, quiet_until=14)
    assert [hour for hour in range(24) if noon.is_quiet(hour)] == [12, 13]
    assert not any(replace(DAILY, quiet_from=5, quiet_until=5).is_quiet(n) for n in range(24))


def test_what_comes_late_waits_for_the_end_of_the_quiet_hours() -> None:
    tuesday_night = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
    assert there(fitting(DAILY, tuesday_night), DAILY.zone) == "Wed 25 Nov 08:00"
    noon = replace(DAILY, quiet_from=12, quiet_until=14)
    assert there(fitting(noon, datetime(2026, 11, 24, 11, 30, tzinfo=UTC)), DAILY.zone) == (
        "Tue 24 Nov 14:00"
    )
    assert fitting(DAILY, FRIDAY) == FRIDAY


def test_away_it_waits_for_the_day_they_are_back() -> None:
    away = replace(WEEKLY, away_from=date(2026, 11, 22), away_until=date(2026, 12, 1))
    assert there(first(away, FRIDAY), away.zone) == "Wed 02 Dec 08:00"
