"""An idea as somebody types it, and where two are found to be the same."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import Sent
from earnest.ideas.actions import Given
from earnest.ideas.models import Idea

LENGTH = 1000


class Words(forms.CharField):
    """Words as they were typed, without what only a browser adds."""

    @override
    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        return words.replace("\r\n", "\n").strip()


class IdeaForm(Sent):
    """A line is enough (4.4). Where names stand beside ideas, how the plan may name its author."""

    sent = ("words",)

    words = Words(
        label=_("Your idea"),
        max_length=LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a line first."),
            "max_length": _("That is more than 1,000 characters. Shorter is read by more people."),
        },
    )
    named = forms.BooleanField(
        label=_("Where the plan uses it, say that it came from me"),
        required=False,
        help_text=_("You can change this later. It is obeyed at once, also where it went already."),
    )

    def __init__(self, *args: Any, names: bool, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names:
            del self.fields["named"]
        if label:
            self.fields["words"].label = label

    def given(self, of: Idea | None = None) -> Given:
        named = self.cleaned_data.get("named")
        credit = Idea.PassedOn.NAMED if named else Idea.PassedOn.UNNAMED
        return Given(self.cleaned_data["words"], of, credit)


class SameForm(forms.Form):
    """Which other idea says the same."""

    other = forms.ModelChoiceField(Idea.objects.none(), empty_label=None)

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Idea.objects.filter(space=idea.space_id or 0, gone="", merged_into=None)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = there.exclude(pk=idea.pk)
