"""People on an initiative: pasted, sought, and why each is here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User, Workspace
from earnest.initiatives import queries
from earnest.initiatives.actions import Why
from earnest.initiatives.models import (
    Participation,
)
from earnest.people.forms import NamesField
from earnest.people.models import Team


class PeopleForm(forms.Form):
    """Pasted names, why they are here, and who holds them (3.6)."""

    people = NamesField(
        label=gettext_lazy("Names, one a line"),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=gettext_lazy("An address is welcome, not needed: Joan Okafor joan@example.org"),
        error_messages={"required": gettext_lazy("Write at least one name.")},
    )
    is_affected = forms.BooleanField(label=gettext_lazy("It changes their work"), required=False)
    has_data = forms.BooleanField(label=gettext_lazy("They have data we need"), required=False)
    can_help = forms.BooleanField(label=gettext_lazy("We need their help"), required=False)
    held_by = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who holds them?"),
        empty_label=None,
        help_text=gettext_lazy("One lead who keeps their conversations and promises in mind."),
    )

    def __init__(self, *args: Any, leads: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["held_by"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = leads

    @property
    def why(self) -> Why:
        d = self.cleaned_data
        return Why(d["is_affected"], d["has_data"], d["can_help"])


class WhyForm(forms.ModelForm[Participation]):
    class Meta:
        model = Participation
        fields = ("is_affected", "has_data", "can_help", "held_by")
        labels = {"held_by": gettext_lazy("Who holds them?")}

    def __init__(self, *args: Any, leads: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["held_by"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = leads
            field.empty_label = None

    @property
    def why(self) -> Why:
        d = self.cleaned_data
        return Why(d["is_affected"], d["has_data"], d["can_help"])


# The rungs of the ladder, which lies above, in its order; a list by name, never a ranking.
STANDS = (
    ("", gettext_lazy("everywhere")),
    ("unheard", gettext_lazy("not heard yet, or no yes yet")),
    ("nodded", gettext_lazy("said yes")),
    ("no", gettext_lazy("said no, and why: welcome")),
    ("agreed", gettext_lazy("agreed, with a date")),
    ("did", gettext_lazy("did it")),
    ("again", gettext_lazy("did it again, or helps others")),
    ("fading", gettext_lazy("fading: to listen to")),
)


class SearchForm(forms.Form):
    """What the list of people is narrowed to; whatever makes no sense narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Name begins with"), max_length=120, required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("all teams"),
    )
    stands = forms.ChoiceField(
        label=gettext_lazy("Where they stand"), choices=STANDS, required=False
    )
    mine = forms.BooleanField(label=gettext_lazy("Held by me"), required=False)
    after = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.teams_of(workspace)

    def sought(self, user: User) -> queries.Sought:
        self.is_valid()
        d = self.cleaned_data
        return queries.Sought(
            q=d.get("q", ""),
            team=d.get("team"),
            held_by=user if d.get("mine") else None,
            stands=d.get("stands", ""),
            after=d.get("after"),
        )
