"""Days of the example count from the day it is looked at, so that it never ages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
FRIDAY = 4
_PLACE = re.compile(r"\{day:(-?\d+)\}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns "ten weeks ago" into a day, a moment, and words in notes."""

    today: date
    zone: ZoneInfo

    def day(self, offset: int) -> date:
        """A working day so far from today: past ones move back off a weekend, later ones on."""
        day = self.today + timedelta(days=offset)
        over = day.weekday() - FRIDAY
        if over <= 0 or offset == 0:
            return day
        return day - timedelta(days=over) if offset < 0 else day + timedelta(days=3 - over)

    def moment(self, offset: int, hour: int) -> datetime:
        return datetime.combine(self.day(offset), time(hour), self.zone)

    def fill(self, notes: str) -> str:
        """Notes with their dates written out, as “14 November”."""
        return _PLACE.sub(lambda found: self._written(int(found[1])), notes).strip()

    def _written(self, offset: int) -> str:
        day = self.day(offset)
        return f"{day.day} {MONTHS[day.month - 1]}"
