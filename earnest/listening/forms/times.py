"""Times to choose from, as a day and an hour each, in the lead's own zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, override

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.core.forms import DayField, moment_of
from earnest.listening.models import ProposedTime

MOST_TIMES = 6


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment, and the day it is there: a form looks at no clock of its own."""

    at: datetime
    today: date


def times_so_far(times: Iterable[ProposedTime]) -> dict[str, date | time]:
    """As they are, to change them: in the reader's own zone."""
    found: dict[str, date | time] = {}
    for number, one in enumerate(times, start=1):
        there = localtime(one.starts_at)
        found |= {f"day_{number}": there.date(), f"time_{number}": there.time()}
    return found


class TimesForm(forms.Form):
    """Up to six times, each a day and an hour; those left empty are none."""

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clock = clock
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"day_{number}"] = DayField(required=False, label=_("Day"))
            self.fields[f"time_{number}"] = forms.TimeField(
                required=False,
                label=_("Time"),
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                error_messages={"invalid": _("Write the time as 14:30.")},
            )

    @property
    def times(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the times to choose from, two by two."""
        return [(self[f"day_{n}"], self[f"time_{n}"]) for n in range(1, MOST_TIMES + 1)]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        found = [self._time(n) for n in range(1, MOST_TIMES + 1)]
        data["times"] = sorted({one for one in found if one})
        return data

    def _time(self, number: int) -> datetime | None:
        """Day and time in the lead's own zone, as one moment."""
        day, hour = f"day_{number}", f"time_{number}"
        on: date | None = self.cleaned_data.get(day)
        clock: time | None = self.cleaned_data.get(hour)
        if {day, hour} & self.errors.keys() or (on is None and clock is None):
            return None
        if on is None or clock is None:
            self.add_error(hour if on else day, _("Both are needed: the day and the time."))
            return None
        try:
            starts_at = moment_of(on, clock)
        except forms.ValidationError as error:
            self.add_error(hour, error)
            return None
        if starts_at <= self.clock.at:
            self.add_error(day, _("This time is over. Choose a later one."))
        return starts_at
