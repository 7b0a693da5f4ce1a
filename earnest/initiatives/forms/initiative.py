"""What an initiative says about itself, and its path."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import Workspace
from earnest.core.forms import DayField, Sent
from earnest.initiatives.actions import CommissionWords
from earnest.initiatives.models import (
    Backing,
    Initiative,
    RunUpStep,
    Stage,
)
from earnest.people.actions import Named

LONG = forms.Textarea(attrs={"rows": 4})
SAY_TARGET = gettext_lazy("Say in one sentence what should be happening.")
SAY_TITLE = gettext_lazy("Give it a short title, as you would say it to a colleague.")
TARGET_HELP = gettext_lazy(
    "What people would see, not how to get there. The ways come later, from them too."
)

WITH_PATH, WITHOUT_PATH = "path", "none"
PATHS = (
    (
        WITH_PATH,
        gettext_lazy("with a path: listen, shape, small pilot, practise at the moment, grow"),
    ),
    (WITHOUT_PATH, gettext_lazy("without stages")),
)


def day() -> forms.DateInput:
    """A date as every browser shows and sends it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StartForm(forms.ModelForm[Initiative], Sent):
    """Title and target are all an initiative needs (4.3); both stand in every mail."""

    sent = ("target", "title")

    workspace = forms.ModelChoiceField(
        Workspace.objects.none(), label=gettext_lazy("workspace"), empty_label=None
    )
    path = forms.ChoiceField(
        label=gettext_lazy("How it begins"),
        choices=PATHS,
        initial=WITH_PATH,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("An offer: every stage can be changed, left out or taken later."),
    )

    class Meta:
        model = Initiative
        fields = ("target", "title")
        help_texts = {"target": TARGET_HELP}
        error_messages = {"title": {"required": SAY_TITLE}, "target": {"required": SAY_TARGET}}
        widgets = {"target": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, workspaces: QuerySet[Workspace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = workspaces[0] if len(workspaces[:2]) == 1 else None
        field = self.fields["workspace"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = workspaces
        if self.only:
            del self.fields["workspace"]

    @property
    def chosen(self) -> Workspace:
        """The workspace it begins in: the only one, or the one picked."""
        chosen: Workspace = self.only or self.cleaned_data["workspace"]
        return chosen

    @property
    def with_path(self) -> bool:
        return self.cleaned_data.get("path") != WITHOUT_PATH


class AboutForm(forms.ModelForm[Initiative], Sent):
    sent = ("target", "title")

    class Meta:
        model = Initiative
        fields = ("target", "title", "open_to_workspace")
        help_texts = {
            "target": TARGET_HELP,
            "open_to_workspace": gettext_lazy(
                "They see title, target, and what is decided and open. Nothing of any person."
            ),
        }
        error_messages = {"title": {"required": SAY_TITLE}, "target": {"required": SAY_TARGET}}
        widgets = {"target": forms.Textarea(attrs={"rows": 2})}


class DecidedForm(forms.ModelForm[Initiative], Sent):
    """What is fixed and what is not, said before anybody is asked (1.4)."""

    sent = ("decided", "still_open")

    class Meta:
        model = Initiative
        fields = ("decided", "still_open", "who_decides", "decides_on")
        help_texts = {
            "decided": gettext_lazy("What nobody needs to be asked about any more."),
            "still_open": gettext_lazy("What people's answers can truly change."),
        }
        widgets = {"decided": LONG, "still_open": LONG, "decides_on": day()}
        field_classes = {"decides_on": DayField}


class ValueForm(forms.ModelForm[Initiative], Sent):
    """Value for the organisation and for the individual: both, or neither yet (3.8)."""

    sent = ("value_organisation", "value_individual")

    class Meta:
        model = Initiative
        fields = ("value_organisation", "value_individual")
        help_texts = {
            "value_individual": gettext_lazy("In their working day: less of what, more of what?"),
        }
        widgets = {"value_organisation": LONG, "value_individual": LONG}

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        both = {name: cleaned.get(name, "") for name in ("value_organisation", "value_individual")}
        if any(both.values()) and not all(both.values()):
            empty = next(name for name, words in both.items() if not words)
            if empty not in self.errors:
                self.add_error(empty, _("Say this side too: one side alone is not yet a reason."))
        return cleaned


class DatesForm(forms.ModelForm[Initiative]):
    class Meta:
        model = Initiative
        fields = ("starts_on", "launches_on")
        help_texts = {
            "launches_on": gettext_lazy(
                "The day it begins for everyone. Those it touches hear of it before."
            ),
        }
        widgets = {"starts_on": day(), "launches_on": day()}
        field_classes = {"starts_on": DayField, "launches_on": DayField}

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, launch = cleaned.get("starts_on"), cleaned.get("launches_on")
        if first and launch and launch < first:
            self.add_error(
                "launches_on", _("The launch cannot be before the first day. Change one of them.")
            )
        return cleaned


class CommissionForm(forms.Form):
    """Who asked for it, and whether the first conversation is with them."""

    asked_by = forms.CharField(
        label=gettext_lazy("Who asked for it?"),
        max_length=160,
        error_messages={"required": gettext_lazy("Name who asked for it; it may be yourself.")},
    )
    problem = forms.CharField(
        label=gettext_lazy("Which problem is it to solve?"),
        max_length=4000,
        required=False,
        widget=LONG,
        help_text=gettext_lazy("In their words, as far as you know them."),
    )
    will_give = forms.CharField(
        label=gettext_lazy("What will they give?"),
        max_length=4000,
        required=False,
        widget=LONG,
        help_text=gettext_lazy("Time, money, people, a decision, their own presence."),
    )
    talk = forms.BooleanField(
        label=gettext_lazy("Put them on the initiative: the first conversation is with them"),
        required=False,
    )
    email = forms.EmailField(label=gettext_lazy("Their e-mail address"), required=False)

    @property
    def words(self) -> CommissionWords:
        d = self.cleaned_data
        return CommissionWords(d["asked_by"], d["problem"], d["will_give"])

    @property
    def talk_to(self) -> Named | None:
        d = self.cleaned_data
        return Named(d["asked_by"][:120], d["email"]) if d["talk"] else None


class BackingForm(forms.ModelForm[Backing]):
    class Meta:
        model = Backing
        fields = ("who", "what", "on")
        widgets = {"on": day()}
        field_classes = {"on": DayField}


class RunUpForm(forms.ModelForm[RunUpStep]):
    class Meta:
        model = RunUpStep
        fields = ("on", "who", "what")
        widgets = {"on": day()}
        field_classes = {"on": DayField}


class StageForm(forms.ModelForm[Stage]):
    class Meta:
        model = Stage
        fields = ("name", "must_be_true", "kind")
        help_texts = {
            "must_be_true": gettext_lazy("How will you all know that it has been reached?"),
            "kind": gettext_lazy("What the record shows beside it; of your own stages, nothing."),
        }

    @override
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [("", gettext_lazy("something of your own")), *Stage.Kind.choices]
