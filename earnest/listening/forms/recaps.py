"""What one gives when looking back on a talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.listening.models import Conversation


class ProblemForm(forms.Form):
    """ "Is this the problem?”: as they answered it, and what it is in their words (2.5)."""

    problem = forms.ChoiceField(
        label=_("Is this the problem?"),
        required=False,
        choices=[*Conversation.Problem.choices, ("", _("not asked"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the four.")},
    )
    words = forms.CharField(
        label=_("What it is, in their words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["problem"].initial = conversation.problem
        self.fields["words"].initial = conversation.problem_words
