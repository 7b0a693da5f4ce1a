"""The owner's record of why the estimate is on (privacy.md 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField
from earnest.standing.actions import Grounds


class TurnOnForm(forms.Form):
    """Why, when people were told, which agreement covers it, and whom."""

    why = forms.CharField(
        label=gettext_lazy("Why you turn it on"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In words everyone concerned could read."),
        error_messages={
            "required": gettext_lazy("Say why, in words everyone concerned could read."),
            "min_length": gettext_lazy("Say why in a few more words: at least ten characters."),
        },
    )
    told_on = DayField(
        label=gettext_lazy("When people were told"),
        error_messages={"required": gettext_lazy("Say on which day everybody had heard of it.")},
        help_text=gettext_lazy(
            "The day on which everybody concerned had heard of it, and that “do not estimate me” "
            "stands on their own page. Tell first: they can say so before it is on."
        ),
    )
    agreement = forms.CharField(
        label=gettext_lazy("Which agreement covers it"),
        max_length=300,
        help_text=gettext_lazy(
            "With the works council, the union or the people themselves: its name and its day."
        ),
        error_messages={"required": gettext_lazy("Name the agreement that covers it.")},
    )
    covers_reports = forms.BooleanField(
        label=gettext_lazy("The agreement also covers a lead’s own direct reports"),
        required=False,
        help_text=gettext_lazy(
            "Leave it off unless it says so in as many words: nobody is estimated by their boss."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_told_on(self) -> date:
        told: date = self.cleaned_data["told_on"]
        if told > self.today:
            raise forms.ValidationError(
                _("This day is still to come. Tell people first, then turn it on.")
            )
        return told

    @property
    def grounds(self) -> Grounds:
        return Grounds(**self.cleaned_data)


class TurnOffForm(forms.Form):
    """No reason is needed; one that is given is kept with the day."""

    why = forms.CharField(
        label=gettext_lazy("Why you turn it off"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
