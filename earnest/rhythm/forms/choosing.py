"""What one says about a proposed step."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import DayField
from earnest.engine.steps import RULES

STEP_KEY = re.compile(r"^[a-z-]{1,40}:[a-z_]{1,20}:\d{1,19}$")
STEPS = frozenset(f"{rule.name}:{rule.about}" for rule in RULES)


def is_step(key: str) -> bool:
    """Whether the table of steps could have made this key."""
    return bool(STEP_KEY.match(key)) and key.rpartition(":")[0] in STEPS


class ChooseForm(forms.Form):
    """Later (with the day), or not this one (with the reason)."""

    step = forms.CharField(max_length=80, widget=forms.HiddenInput)
    until = DayField(
        label=_("Show it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, today: date, dismiss: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["reason"].required = dismiss
        self.fields["reason"].error_messages["required"] = _("Say why, in a few words.")

    def clean_step(self) -> str:
        step: str = self.cleaned_data["step"]
        if not is_step(step):
            raise forms.ValidationError(_("This step is not known."))
        return step

    def clean_until(self) -> date:
        """A week, when no day is given."""
        until: date = self.cleaned_data["until"] or self.today + timedelta(days=7)
        if until <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        if until > self.today + timedelta(days=92):
            raise forms.ValidationError(_("Three months at most: what is later is forgotten."))
        return until
