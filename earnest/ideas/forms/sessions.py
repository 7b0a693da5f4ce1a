"""What is typed in a working session: by its lead to begin, by everyone on their phones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from earnest.core.forms import DayField
from earnest.ideas.actions.sessions import IDEA_LENGTH, TRY_LENGTH
from earnest.ideas.models import Idea
from earnest.initiatives.models import Initiative, Participation

A_WEEK = timedelta(days=7)


class Words(forms.CharField):
    """Words as they were typed, without what only a browser adds."""

    @override
    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        return words.replace("\r\n", "\n").strip()


class BeginForm(forms.Form):
    """Drafted from the target: nothing has to be written to begin."""

    question = forms.CharField(
        label=_("What you ask"),
        max_length=300,
        error_messages={"required": _("Write the question you will answer together.")},
    )
    names = forms.TypedChoiceField(
        label=_("With names or without"),
        choices=[
            ("yes", _("With names: credit goes to each, and who tries what becomes a promise")),
            ("no", _("Without names: nobody can tell who wrote what, ever")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("Fixed from then on."),
    )

    def __init__(self, data: Any = None, *, initiative: Initiative) -> None:
        super().__init__(data)
        drafted = _("How would you make it work? %(target)s") % {"target": initiative.target}
        self.fields["question"].initial = drafted[:300]
        self.fields["names"].initial = "yes"


class CodeForm(forms.Form):
    """The six signs on the screen."""

    code = forms.CharField(
        label=_("The code on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the six letters and digits from the screen.")},
    )


class KnockForm(forms.Form):
    """Who somebody says they are, to the lead who sees them."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, as they know you here.")},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class LetInForm(forms.Form):
    """Who it is, from everyone on the initiative: for the lead alone."""

    whom = forms.ModelChoiceField(
        queryset=Participation.objects.none(),
        label=_("Who is it?"),
        error_messages={"required": _("Choose who it is, or say that you do not know them.")},
    )

    def __init__(self, data: Any = None, *, initiative: Initiative) -> None:
        super().__init__(data)
        people = initiative.participations.may_be_asked().select_related("person")
        whom: Any = self.fields["whom"]
        whom.queryset = people.order_by("person__name", "pk")
        whom.label_from_instance = lambda one: one.person.name


class IdeaForm(forms.Form):
    """An idea in their own words. One name in every phase: what was not sent yet is still there."""

    words = Words(
        label=_("How would you make it work?"),
        max_length=IDEA_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write a word or two first."),
            "max_length": _("That is more than 1,000 characters. Make two ideas of it."),
        },
    )


class BuildForm(IdeaForm):
    """What they add to somebody's idea."""

    def __init__(self, data: Any = None, *, idea_pk: int) -> None:
        super().__init__(data, auto_id=f"build-{idea_pk}-%s")
        self.fields["words"].label = _("Yes, and …")
        self.idea_pk = idea_pk


class TryForm(forms.Form):
    """Something small, by a day."""

    words = Words(
        label=_("I try this"),
        max_length=TRY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write what you will do, in a few words."),
            "max_length": _("That is more than 300 characters. What is the first small step?"),
        },
    )
    due = DayField(
        label=_("By"), error_messages={"required": _("By which day? It can be moved later.")}
    )
    idea = forms.ModelChoiceField(
        queryset=Idea.objects.none(),
        label=_("From which idea"),
        required=False,
        empty_label=_("none of them"),
    )

    def __init__(self, data: Any = None, *, ideas: Any, today: date) -> None:
        super().__init__(data, auto_id="try-%s")
        self.today = today
        self.fields["due"].initial = today + A_WEEK
        self.fields["due"].widget.attrs["min"] = today.isoformat()
        which: Any = self.fields["idea"]
        which.queryset = ideas
        which.label_from_instance = lambda one: one.words[:60]

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.today:
            raise forms.ValidationError(_("That day is over. Choose one to come."))
        return due
