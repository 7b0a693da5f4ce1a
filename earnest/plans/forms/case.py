"""Words chosen for a part of the plan."""

from __future__ import annotations

from typing import Any

from django import forms

from earnest.listening.models import Quote
from earnest.plans.forms.needs import chosen_of
from earnest.plans.models import Part


class WordsForm(forms.Form):
    """Quotes of the same initiative that a part is built on."""

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Quote.objects.filter(initiative=part.initiative_id, erased_at=None)
        self.fields["quotes"] = chosen_of(here)

    @property
    def chosen(self) -> list[str]:
        return self.data.getlist("quotes") if self.is_bound else []  # type: ignore[attr-defined]
