"""What one answers to an introduction, and what the other may be told then."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.rhythm.actions.introducing import Said
from earnest.rhythm.models import IntroductionSide


class IntroductionForm(forms.Form):
    """Yes or rather not; a yes passes on the name, and what is ticked."""

    answer = forms.ChoiceField(
        label=_("Would you like to meet?"),
        choices=(("yes", _("Yes, please")), ("no", _("Rather not"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two. Either is fine.")},
    )
    shows_address = forms.BooleanField(label=_("My e-mail address"), required=False)
    shows_idea = forms.BooleanField(label=_("My idea, in my words"), required=False)
    line = forms.CharField(
        label=_("A line from you"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("That is more than 300 characters.")},
    )

    def __init__(self, data: Any = None, *, side: IntroductionSide, has_idea: bool) -> None:
        began = {
            "answer": side.answer,
            "shows_address": side.shows_address,
            "shows_idea": side.shows_idea,
            "line": side.line,
        }
        super().__init__(data, initial=began)
        if not has_idea:
            del self.fields["shows_idea"]
        if not side.participation.person.email:
            del self.fields["shows_address"]

    @property
    def said(self) -> Said:
        return Said(**self.cleaned_data)
