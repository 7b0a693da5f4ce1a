"""A space as a lead starts it, and whom they ask into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import Sent
from earnest.ideas.actions import SpaceDraft
from earnest.ideas.forms.ideas import Words
from earnest.initiatives.models import Participation

WITH, WITHOUT = "with", "without"


class SpaceForm(Sent):
    """The question, and names or none: fixed as it is started, so said in plain words before."""

    sent = ("question",)

    question = forms.CharField(
        label=_("What you ask"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Drafted from your target. Ask for their ways to it, not for a yes to yours."),
        error_messages={
            "required": _("Write down what you ask."),
            "max_length": _("That is more than 300 characters. One question is enough."),
        },
    )
    names = forms.ChoiceField(
        label=_("With names or without"),
        widget=forms.RadioSelect,
        choices=(
            (
                WITH,
                _(
                    "With names: each person comes by their own link, their name stands beside "
                    "their ideas, they are told what becomes of them, and the credit is theirs."
                ),
            ),
            (
                WITHOUT,
                _(
                    "Without names: one address for everyone, to hang up or hand round. Nobody "
                    "knows who wrote what, you neither, so nobody can be written to or thanked."
                ),
            ),
        ),
        error_messages={"required": _("Choose one. It cannot be changed afterwards.")},
    )

    @property
    def draft(self) -> SpaceDraft:
        question = " ".join(self.cleaned_data["question"].split())
        return SpaceDraft(question, names=self.cleaned_data["names"] == WITH)


class InviteForm(Sent):
    """Who is asked, and a word of one's own above the question."""

    sent = ("words",)

    words = Words(
        label=_("A word of your own"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands above the target and the question. It may stay empty."),
    )
    people = forms.ModelMultipleChoiceField(
        Participation.objects.none(),
        label=_("Whom you ask"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: Iterable[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in people]
        field = self.fields["people"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            rows = Participation.objects.filter(pk__in=keys)
            field.queryset = rows.select_related("person", "initiative__workspace").order_by(
                "person__name", "pk"
            )
            field.label_from_instance = _name_of  # type: ignore[method-assign, assignment]
            field.initial = keys


def _name_of(one: Any) -> str:
    return str(one.person.name)
