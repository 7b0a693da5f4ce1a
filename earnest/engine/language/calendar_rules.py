"""Plain arithmetic on dates: what “the 14th” or “next week” means on a given day."""

import calendar
from datetime import date, timedelta

FRIDAY, SUNDAY = 4, 6


def weekday_after(written_on: date, weekday: int) -> date | None:
    """The next such day strictly after the day of writing."""
    return _shifted(written_on, (weekday - written_on.weekday() - 1) % 7 + 1)


def weekday_next_week(written_on: date, weekday: int) -> date | None:
    """That day in the week (Monday to Sunday) after the one of writing."""
    return _shifted(written_on, 7 - written_on.weekday() + weekday)


def in_units(written_on: date, number: int, unit: str) -> date | None:
    """Days and weeks are counted; months keep the day, cut to the month's last."""
    if unit in {"day", "week"}:
        return _shifted(written_on, number * (7 if unit == "week" else 1))
    months = number * {"month": 1, "quarter": 3, "year": 12}[unit]
    return _month_on(written_on, months, written_on.day)


def end_of_unit(written_on: date, unit: str, ahead: int = 0) -> date | None:
    """The last day of this (ahead 0) or the next (ahead 1) unit; a week ends on its Friday.

    Written at the weekend, “the end of the week” is the coming Friday.
    """
    if unit == "day":
        return _shifted(written_on, ahead)
    if unit == "week":
        late = written_on.weekday() > FRIDAY and not ahead
        return _shifted(written_on, FRIDAY - written_on.weekday() + 7 * (ahead + late))
    span = {"month": 1, "quarter": 3, "year": 12}[unit]
    rest = span - 1 - (written_on.month - 1) % span
    return _month_on(written_on, rest + span * ahead, 31)


def day_of_month(written_on: date, day: int) -> date | None:
    """The next month, this one included, that has such a day not yet past."""
    for months in range(3):
        found = _month_on(written_on, months, day)
        if found and found.day == day and found >= written_on:
            return found
    return None


def day_and_month(written_on: date, day: int, month: int, year: int | None) -> date | None:
    """With a year exactly that day; without, its next coming. None when there is none."""
    if year is not None:
        return exact(year, month, day)
    found = exact(written_on.year, month, day)
    return found if found and found >= written_on else exact(written_on.year + 1, month, day)


def end_of_month(written_on: date, month: int) -> date | None:
    year = written_on.year + (month < written_on.month)
    return (
        exact(year, month, calendar.monthrange(year, month)[1]) if year <= date.max.year else None
    )


def exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_before(day: date | None, written_on: date) -> date | None:
    """The day before, but never before the day of writing."""
    return max(_shifted(day, -1) or day, written_on) if day and day >= written_on else day


def _shifted(day: date, days: int) -> date | None:
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
