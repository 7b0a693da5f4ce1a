"""What a person types on their own page, and what their lead types about the link to it.

A file of its own beside ``forms.py``: who asks here is somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.pages.record import Record
from earnest.people.forms import AwayForm, OwnWorkForm
from earnest.people.models import OwnWork
from earnest.promises.forms import MoveForm, WhyForm
from earnest.promises.models import Promise


class MyWorkForm(OwnWorkForm):
    """My own goals, and how I measure a good job."""

    def __init__(self, *args: Any, work: OwnWork, **kwargs: Any) -> None:
        super().__init__(*args, work=work, **kwargs)
        self.fields["goals"].label = _("My own goals")
        self.fields["measures"].label = _("How I measure a good job")


class CodeForm(forms.Form):
    """The six digits from the mail."""

    code = forms.CharField(
        label=_("The six digits from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Write the six digits from the mail.")},
    )

    def clean_code(self) -> str:
        digits = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise forms.ValidationError(_("Six digits, as in the mail."))
        return digits


@dataclass(frozen=True, slots=True)
class TookOn:
    """A promise of theirs with what they can say about it."""

    promise: Promise
    move: MoveForm
    release: WhyForm
    without_word: bool


def took_on(record: Record, *, today: date, wrong: MoveForm | None = None) -> list[TookOn]:
    """Each promise of theirs with its own small forms; ``wrong`` is one to be mended."""
    return [_took(one, today, wrong) for one in record.theirs]


def move_form(promise: Promise, *, today: date, data: Any = None) -> MoveForm:
    """The form for another date, with ids of its own: several stand on the page."""
    form = MoveForm(data, today=today, auto_id=f"move-{promise.pk}-%s")
    form.fields["why"].label = _("Why, if you like to say")
    return form


def _took(promise: Promise, today: date, wrong: MoveForm | None) -> TookOn:
    release = WhyForm(auto_id=f"release-{promise.pk}-%s")
    release.fields["why"].label = _("Why, if you like to say")
    mine = wrong is not None and wrong.auto_id == f"move-{promise.pk}-%s"
    return TookOn(
        promise=promise,
        move=wrong if wrong and mine else move_form(promise, today=today),
        release=release,
        without_word=promise.is_late(today),
    )


__all__ = ["AwayForm", "CodeForm", "MyWorkForm", "TookOn", "move_form", "took_on"]
