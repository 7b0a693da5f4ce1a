"""What one types about oneself: the weekly line, the question to one's own leader.

A file of its own beside ``forms.py``: nobody but who writes here ever reads it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import DayField
from earnest.pages.actions.mirror import Noted
from earnest.pages.models import LeaderQuestion

QUESTION = _("How do you get a yes from us?")
LINE, LONGER = 300, 1000


class LineForm(forms.Form):
    """ "How do I help us cooperate?" """

    words = forms.CharField(
        label=_("How do I help us cooperate?"),
        max_length=LINE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A line, for yourself. Without names."),
        error_messages={"required": _("Write a line, or leave it for this week.")},
    )


class PlanForm(forms.Form):
    """What to ask one's own leader, and on which day."""

    question = forms.CharField(
        label=_("What you will ask"),
        max_length=200,
        help_text=_("In your own words. Your leader stands here as “my leader”, without a name."),
    )
    planned_on = DayField(label=_("The day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_planned_on(self) -> date:
        """A day to come; one that passed meanwhile may stay while the words are mended."""
        day: date = self.cleaned_data["planned_on"]
        if day < self.today and "planned_on" in self.changed_data:
            raise forms.ValidationError(_("That day is over. Choose today or later."))
        return day


class AskedForm(forms.Form):
    """What one's own leader said, and what follows for oneself."""

    asked_on = DayField(label=_("When you asked"))
    said = forms.CharField(
        label=_("What my leader said"),
        max_length=LONGER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line or more, without names."),
    )
    differently = forms.CharField(
        label=_("What I will do differently"),
        max_length=LINE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, question: LeaderQuestion, today: date | None = None, **kwargs: Any
    ) -> None:
        begin = {
            "asked_on": question.asked_on or today,
            "said": question.said,
            "differently": question.differently,
        }
        super().__init__(*args, **kwargs)
        self.initial = begin

    def noted(self) -> Noted:
        return Noted(**self.cleaned_data)
