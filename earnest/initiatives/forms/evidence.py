"""Evidence from elsewhere as it is typed: never without its day and its source (1.15)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField
from earnest.initiatives.actions import Found
from earnest.initiatives.models import OutsideEvidence

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.", re.IGNORECASE)
IS_ADDRESS = URLValidator(schemes=["http", "https"])


class EvidenceForm(forms.ModelForm[OutsideEvidence]):
    class Meta:
        model = OutsideEvidence
        fields = ("what", "where", "source", "on")
        help_texts = {
            "what": gettext_lazy("What they did, and what came of it: with its number, if any."),
            "where": gettext_lazy("Which organisation, or how many of them."),
            "source": gettext_lazy("A web address, or the title under which one finds it."),
            "on": gettext_lazy("When it was found there, not when you read it."),
        }
        error_messages = {
            "what": {"required": gettext_lazy("Say what was found there.")},
            "where": {"required": gettext_lazy("Say where it was.")},
            "source": {"required": gettext_lazy("Say where one can read it. Else it is a rumour.")},
            "on": {"required": gettext_lazy("Say from when it is. A rough day is enough.")},
        }
        widgets = {"what": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"on": DayField}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return on

    def clean_source(self) -> str:
        """An address one can open, or a title."""
        source: str = self.cleaned_data["source"].strip()
        if not ADDRESS.match(source):
            return source
        whole = f"https://{source}" if source.lower().startswith("www.") else source
        try:
            IS_ADDRESS(whole)
        except ValidationError as error:
            raise forms.ValidationError(
                _("This is not a web address. Write it as https://…, or give a title.")
            ) from error
        return whole

    @property
    def found(self) -> Found:
        return Found(**{name: self.cleaned_data[name] for name in self.Meta.fields})
