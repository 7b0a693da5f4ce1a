"""What one types when one steps back: on what occasion, why in their words, what we change (3.16)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import Sent
from earnest.listening.models import Quote, StepBack


class OccasionForm(forms.Form):
    """Why now: proposed from the record, ours to say otherwise; they can read it."""

    occasion = forms.ChoiceField(
        label=gettext_lazy("On what occasion"),
        choices=StepBack.Occasion,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("On what occasion? Choose one.")},
    )


class ReasonForm(forms.Form):
    """Why, in their words: chosen among what they said, or written down verbatim. No hints: theirs."""

    quote = forms.ChoiceField(
        label=gettext_lazy("Which of their words say why?"),
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Or their words, exactly as they said them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("The sentence that says why is enough.")},
    )
    is_no = forms.BooleanField(required=False)

    def __init__(self, *args: Any, quotes: Sequence[Quote], name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotes = {str(one.pk): one for one in quotes}
        self.fields["quote"].choices = [  # type: ignore[attr-defined]
            (key, one.words) for key, one in self.quotes.items()
        ]
        self.fields["is_no"].label = _("%(name)s said no, for now, and this is why") % {
            "name": name
        }

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("words") and data.get("quote"):
            self.add_error("words", _("One of the two: words chosen above, or written here."))
        if not data.get("words") and not data.get("quote") and not self.errors:
            self.add_error("words", _("Why, in their words? Choose some above, or write them."))
        return data

    @property
    def chosen(self) -> Quote | None:
        """The quote that says why, once valid."""
        return self.quotes.get(self.cleaned_data["quote"])


class OutcomeForm(Sent):
    """What we change by it, in words they read."""

    sent = ("words",)

    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        choices=StepBack.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("What becomes of it? Nothing is an answer, too.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What we change by it, or why nothing"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They read it in these words."),
        error_messages={
            "required": gettext_lazy("In a sentence or two: what changes, or why nothing does."),
            "max_length": gettext_lazy("Two or three sentences are enough: 500 characters."),
        },
    )

    def __init__(self, *args: Any, speaks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaks = speaks
