"""When the next digest is to leave, by its reader's own clock: days and hours alone, pure.

A file of its own: actions, the page and the clock count the same way, whatever their zone does in
the nights the clocks change. Hours are whole and local; an hour that a spring night leaves out is
the first one after it, one that an autumn night has twice is the first of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
FRIDAY = 4
LOOKED_AHEAD = 400  # days; what one can be away for is shorter


@dataclass(frozen=True, slots=True)
class Hours:
    """How somebody wants it: every working day or once a week, at which hour, when not."""

    weekly: bool
    weekday: int
    hour: int
    quiet_from: int
    quiet_until: int
    zone: str
    away_from: date | None = None
    away_until: date | None = None

    def day_of(self, at: datetime) -> date:
        """The day it is for them."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def is_quiet(self, hour: int) -> bool:
        """From six in the evening until seven: over midnight. Twice the same hour: never."""
        first, last = self.quiet_from, self.quiet_until
        if first <= last:
            return first <= hour < last
        return hour >= first or hour < last

    def is_away(self, day: date) -> bool:
        if self.away_until is None:
            return False
        return (self.away_from or date.min) <= day <= self.away_until

    def is_day(self, day: date) -> bool:
        """One on which it may leave."""
        return not self.is_away(day) and (self.weekly or day.weekday() <= FRIDAY)


def moment(day: date, hour: int, zone: str) -> datetime:
    """The hour of that day where they live, as one moment."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def fitting(hours: Hours, at: datetime) -> datetime:
    """``at``, where it may leave now; else the next moment it may: for what comes late, too."""
    day = hours.day_of(at)
    for _n in range(LOOKED_AHEAD):
        opens = max(moment(day, hours.hour, hours.zone), at)
        if hours.is_day(day) and hours.day_of(opens) == day:
            if not hours.is_quiet(opens.astimezone(ZoneInfo(hours.zone)).hour):
                return opens
            later = moment(day, hours.quiet_until, hours.zone)
            if later > opens:
                return later
        day += A_DAY
    return moment(day, hours.hour, hours.zone)


def first(hours: Hours, at: datetime, *, last_on: date | None = None) -> datetime:
    """The first one to come from now on; never a second on the same day."""
    day = hours.day_of(at)
    if moment(day, hours.hour, hours.zone) < at or day == last_on:
        day += A_DAY
    while hours.weekly and day.weekday() != hours.weekday:
        day += A_DAY
    return fitting(hours, moment(day, hours.hour, hours.zone))


def following(hours: Hours, day: date) -> datetime:
    """The next one after that of this day; in a time away, the day they are back."""
    return first(hours, moment(day + A_DAY, 0, hours.zone))
