"""What dateparser has no notion of or reads otherwise, by plain arithmetic on dates.

tests/test_own_dates.py shows its answer to each of these.
"""

import calendar
from datetime import date, timedelta

FRIDAY, SUNDAY = 4, 6
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def end_of_unit(written_on: date, unit: str, ahead: int = 0) -> date | None:
    """The last day of this (ahead 0) or the next (ahead 1) unit; a week ends on its Friday.

    Written at the weekend, “the end of the week” is the coming Friday. dateparser has no
    ends and no quarters, and “next week” is for it a week from now.
    """
    if unit == "day":
        return shifted(written_on, ahead)
    if unit == "week":
        late = written_on.weekday() > FRIDAY and not ahead
        return shifted(written_on, FRIDAY - written_on.weekday() + 7 * (ahead + late))
    span = MONTHS[unit]
    rest = span - 1 - (written_on.month - 1) % span
    return _month_on(written_on, rest + span * ahead, 31)


def in_quarters(written_on: date, number: int) -> date | None:
    """dateparser knows no “two quarters”."""
    return _month_on(written_on, MONTHS["quarter"] * number, written_on.day)


def day_of_month(written_on: date, day: int) -> date | None:
    """The next month, this one included, that has such a day not yet past.

    dateparser takes this month's day even when it is past and the future is preferred.
    """
    for months in range(3):
        found = _month_on(written_on, months, day)
        if found and found.day == day and found >= written_on:
            return found
    return None


def day_before(day: date | None, written_on: date) -> date | None:
    """The day before, but never before the day of writing; dateparser has no “before”."""
    return max(shifted(day, -1) or day, written_on) if day and day >= written_on else day


def shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _month_on(start: date, months: int, day: int) -> date | None:
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year or not 1 <= day <= 31:
        return None
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))
