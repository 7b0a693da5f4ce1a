"""A statement to vote on; why one is not shown; what becomes of it all; files of Polis."""

from __future__ import annotations

import io

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.ideas.models.votes import LENGTH


class StatementForm(forms.Form):
    """One thought in one sentence."""

    words = forms.CharField(
        label=gettext_lazy("One sentence others can agree or disagree with"),
        max_length=LENGTH,
        widget=forms.Textarea({"rows": 3, "maxlength": LENGTH}),
        error_messages={
            "required": gettext_lazy("Write the sentence first."),
            "max_length": gettext_lazy("A little shorter, please: one thought, 280 letters."),
        },
    )

    def clean_words(self) -> str:
        """On one line, as it is voted on."""
        return " ".join(str(self.cleaned_data["words"]).split())


class SeedForm(forms.Form):
    """Several at once, a line each."""

    words = forms.CharField(
        label=gettext_lazy("Sentences to begin with, one a line"),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": gettext_lazy("Write at least one sentence.")},
    )

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["words"]).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        long = [n for n, line in enumerate(found, start=1) if len(line) > LENGTH]
        if long:
            raise ValidationError(
                _("Line %(n)s is longer than 280 letters: one thought a line.") % {"n": long[0]}
            )
        return found


class ReasonForm(forms.Form):
    """Why a statement is not shown: whoever wrote it reads just this."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is not shown. Whoever wrote it reads this."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why: whoever wrote it reads that.")},
    )


class OutcomeForm(forms.Form):
    """What becomes of what was said here (0.10)."""

    words = forms.CharField(
        label=gettext_lazy("What becomes of it, in your words"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write what becomes of it first.")},
    )


class PolisForm(forms.Form):
    """A conversation of Polis, as it exports it."""

    question = forms.CharField(
        label=gettext_lazy("What was asked there"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what was asked there.")},
    )
    comments = forms.FileField(
        label=gettext_lazy("comments.csv"),
        error_messages={"required": gettext_lazy("Choose the file with the statements.")},
    )
    votes = forms.FileField(
        label=gettext_lazy("votes.csv"),
        error_messages={"required": gettext_lazy("Choose the file with the votes.")},
    )

    def clean_comments(self) -> list[str]:
        return self._lines("comments")

    def clean_votes(self) -> list[str]:
        return self._lines("votes")

    def _lines(self, name: str) -> list[str]:
        """As text; anything else is refused in a sentence."""
        file = self.cleaned_data[name]
        if file.size > LARGEST:
            raise ValidationError(
                _("Larger than 30 MB: look at it with “earnest map” on the server instead.")
            )
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise ValidationError(_("This is no text in UTF-8.")) from wrong
        return list(io.StringIO(text, newline=""))


LARGEST = 30 * 1024 * 1024
