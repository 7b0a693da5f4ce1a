"""How one wants to be told by mail what waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField
from earnest.rhythm.actions import DigestChoice
from earnest.rhythm.hours import Hours
from earnest.rhythm.models import Digest

WEEKDAYS = (
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
)
HOURS = [(n, f"{n:02}:00") for n in range(24)]
LONGEST_AWAY = timedelta(days=366)


def _hour(label: Any, initial: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=HOURS, coerce=int, initial=initial)


class DigestForm(forms.Form):
    """How often, when, when not, and away from one day to another."""

    every = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Digest.Every.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Every working day: only where something is owed or waits."),
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Once a week, on"), choices=WEEKDAYS, coerce=int, initial=0
    )
    hour = _hour(gettext_lazy("At"), 8)
    quiet_from = _hour(gettext_lazy("Quiet from"), 19)
    quiet_until = _hour(gettext_lazy("until"), 7)
    away_from = DayField(label=gettext_lazy("Away from"), required=False)
    away_until = DayField(
        label=gettext_lazy("until"),
        required=False,
        help_text=gettext_lazy("What waited meanwhile comes the day you are back."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"hour", "quiet_from", "quiet_until"} <= data.keys() and self._hour_is_quiet(data):
            self.add_error("hour", _("This hour is in your quiet hours. Change one of the two."))
        self._check_away(data.get("away_from"), data.get("away_until"))
        return data

    def _hour_is_quiet(self, data: dict[str, Any]) -> bool:
        hours = Hours(False, 0, data["hour"], data["quiet_from"], data["quiet_until"], "UTC")
        return data.get("every") != Digest.Every.OFF and hours.is_quiet(data["hour"])

    def _check_away(self, first: date | None, last: date | None) -> None:
        if bool(first) != bool(last) and not self.errors:
            name = "away_until" if first else "away_from"
            self.add_error(name, _("Say from which day until which; or leave both empty."))
        elif first and last and last < first:
            self.add_error("away_until", _("This is before the first day."))
        elif first and last and last - first > LONGEST_AWAY:
            self.add_error("away_until", _("A year at most. For longer, choose never."))

    @property
    def choice(self) -> DigestChoice:
        return DigestChoice(**self.cleaned_data)


def as_chosen(row: Digest | None) -> dict[str, Any]:
    """What the form begins with."""
    if row is None:
        return {"every": Digest.Every.OFF}
    names = DigestForm.base_fields
    return {name: getattr(row, name) for name in names}
