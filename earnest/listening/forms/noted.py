"""An answer noted by a lead: what it was, and on which day it came, which may be some days ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, override

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField
from earnest.listening import documents
from earnest.listening.forms.answers import (
    AnotherTimeForm,
    HourForm,
    NoForm,
    SomebodyElseForm,
    TheirWordsForm,
)


@dataclass(frozen=True, slots=True)
class Days:
    """Between which days an answer can have come: the one it was sent on, and today."""

    sent: date
    today: date


class CameOn(forms.Form):
    """The day an answer came: in time is in time, though it is noted later."""

    days: Days | None = None

    came_on = DayField(
        label=gettext_lazy("On which day did it come?"),
        required=False,
        help_text=gettext_lazy("What came in time is in time, whenever you note it."),
    )

    def clean_came_on(self) -> date | None:
        """Not still to come, and not before it was sent."""
        day: date | None = self.cleaned_data["came_on"]
        if day and self.days and day > self.days.today:
            raise forms.ValidationError(_("That day is still to come."))
        if day and self.days and day < self.days.sent:
            sent = date_format(self.days.sent, "j F")
            raise forms.ValidationError(
                _("That was before it was sent, on %(day)s.") % {"day": sent}
            )
        return day


class NotedHourForm(CameOn, HourForm):
    """They agreed to an hour that was none of those proposed."""

    one_of = ("came_on",)


class NotedAnotherTimeForm(CameOn, AnotherTimeForm):
    """They would like another time."""

    one_of = (*AnotherTimeForm.one_of, "came_on")


class NotedElseForm(CameOn, SomebodyElseForm):
    """They named somebody else."""

    one_of = ("came_on",)


class NotedNoForm(CameOn, NoForm):
    """They said no."""

    @property
    @override
    def one_of(self) -> tuple[str, ...]:
        return ("reason", "came_on")


class NotedWordsForm(CameOn, TheirWordsForm):
    """What they wrote; a mail says itself on which day."""

    one_of = (*TheirWordsForm.one_of, "came_on")

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (upload := data.get("file")) and "came_on" not in self.errors:
            upload.seek(0)
            data["came_on"] = self._day_of(upload.name, upload.read()) or data.get("came_on")
        return data

    def _day_of(self, name: str, content: bytes) -> date | None:
        """The day of the mail itself, where nobody gave another and it can be meant."""
        given, sent = self.cleaned_data.get("came_on"), documents.sent_at(name, content)
        if sent is None or self.days is None or given not in {None, self.days.today}:
            return None
        day = localtime(sent).date()
        return day if self.days.sent <= day <= self.days.today else None
