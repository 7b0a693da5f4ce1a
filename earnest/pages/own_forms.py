"""What a person types on their own page, and what their lead types about the link to it.

A file of its own beside ``forms.py``: who asks here is somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.listening.models import Quote
from earnest.pages.record import Record
from earnest.pages.written.told import Told
from earnest.people.forms import AwayForm, OwnWorkForm
from earnest.people.models import OwnWork
from earnest.plans.models import Input
from earnest.promises.forms import MoveForm, WhyForm
from earnest.promises.models import Promise


class MyWorkForm(OwnWorkForm):
    """My own goals, and how I measure a good job."""

    def __init__(self, *args: Any, work: OwnWork, **kwargs: Any) -> None:
        super().__init__(*args, work=work, **kwargs)
        self.fields["goals"].label = _("My own goals")
        self.fields["measures"].label = _("How I measure a good job")


class WordsField(forms.CharField):
    """Words as they were typed, without what only a browser adds."""

    @override
    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        return words.replace("\r\n", "\n").strip()


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


class SayForm(forms.Form):
    """Ask, or add something: one field, in their own hand."""

    words = WordsField(
        label=_("Ask or add something"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line that ends with a question mark is a question: an answer is owed."),
        error_messages={
            "required": _("Write a word or two first."),
            "max_length": _("That is more than 2,000 characters. Send it in two parts."),
        },
    )


class MeantForm(forms.Form):
    """What I meant: the new words stand in the place of the old ones."""

    words = WordsField(
        label=_("What I meant"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write what you meant. Or take it back altogether, below."),
            "max_length": _("That is more than 2,000 characters."),
        },
    )

    def __init__(self, data: Any = None, *, quote: Quote) -> None:
        super().__init__(data, auto_id=f"quote-{quote.pk}-%s")
        self.fields["words"].initial = quote.words
        self.quote = quote


class MeantInputForm(MeantForm):
    """The same for what they asked for or proposed."""

    def __init__(self, data: Any = None, *, taken: Input) -> None:
        forms.Form.__init__(self, data, auto_id=f"input-{taken.pk}-%s")
        self.fields["words"].initial = taken.words
        self.taken = taken


class CorrectionForm(forms.Form):
    """What should be different in what was heard."""

    correction = WordsField(
        label=_("What should be different"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("A few words are enough: what should be different?"),
            "max_length": _("That is more than 2,000 characters. Say the most important part."),
        },
    )


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A quote of theirs with the form to say what was meant."""

    quote: Quote
    meant: MeantForm


def own_words(quotes: Iterable[Quote], *, wrong: MeantForm | None = None) -> list[OwnWords]:
    """Each quote with its own small form; ``wrong`` is one to be mended."""
    mending = {wrong.quote.pk: wrong} if wrong else {}
    return [OwnWords(one, mending.get(one.pk) or MeantForm(quote=one)) for one in quotes]


@dataclass(frozen=True, slots=True)
class OwnInput:
    """What they asked for or proposed, with the form to say what was meant."""

    taken: Input
    meant: MeantInputForm


def own_inputs(told: Told, *, wrong: MeantInputForm | None = None) -> list[OwnInput]:
    """Each with its own small form; what was made of a quote is mended with the quote."""
    mending = {wrong.taken.pk: wrong} if wrong else {}
    theirs = [one for one in told.inputs if not one.quote_id]
    return [OwnInput(one, mending.get(one.pk) or MeantInputForm(taken=one)) for one in theirs]


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
    form.sent = ()  # their own words are nobody's to word
    return form


def _took(promise: Promise, today: date, wrong: MoveForm | None) -> TookOn:
    release = WhyForm(auto_id=f"release-{promise.pk}-%s")
    release.fields["why"].label = _("Why, if you like to say")
    release.sent = ()
    mine = wrong is not None and wrong.auto_id == f"move-{promise.pk}-%s"
    return TookOn(
        promise=promise,
        move=wrong if wrong and mine else move_form(promise, today=today),
        release=release,
        without_word=promise.is_late(today),
    )


__all__ = [
    "AwayForm",
    "CodeForm",
    "CorrectionForm",
    "MeantForm",
    "MeantInputForm",
    "MyWorkForm",
    "OwnInput",
    "OwnWords",
    "SayForm",
    "TookOn",
    "move_form",
    "own_inputs",
    "own_words",
    "took_on",
]
