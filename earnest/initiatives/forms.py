"""What is typed on the pages of this context, checked."""

from __future__ import annotations

from typing import Any, override

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User, Workspace
from earnest.initiatives import queries
from earnest.initiatives.actions import CommissionWords, Why
from earnest.initiatives.models import (
    Backing,
    Initiative,
    Participation,
    Role,
    RunUpStep,
    Stage,
)
from earnest.initiatives.names import MOST_NAMES, parse_names
from earnest.people.actions import Named
from earnest.people.models import Team

LONG = forms.Textarea(attrs={"rows": 4})
SAY_TARGET = gettext_lazy("Say in one sentence what should be happening.")
SAY_TITLE = gettext_lazy("Give it a short title, as you would say it to a colleague.")
TARGET_HELP = gettext_lazy(
    "What people would see, not how to get there. The ways come later, from them too."
)


def day() -> forms.DateInput:
    """A date as every browser shows and sends it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class StartForm(forms.ModelForm[Initiative]):
    """Title and target are all an initiative needs (4.3)."""

    workspace = forms.ModelChoiceField(
        Workspace.objects.none(), label=gettext_lazy("workspace"), empty_label=None
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


class AboutForm(forms.ModelForm[Initiative]):
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


class DecidedForm(forms.ModelForm[Initiative]):
    """What is fixed and what is not, said before anybody is asked (1.4)."""

    class Meta:
        model = Initiative
        fields = ("decided", "still_open", "who_decides", "decides_on")
        help_texts = {
            "decided": gettext_lazy("What nobody needs to be asked about any more."),
            "still_open": gettext_lazy("What people's answers can truly change."),
        }
        widgets = {"decided": LONG, "still_open": LONG, "decides_on": day()}


class ValueForm(forms.ModelForm[Initiative]):
    """Value for the organisation and for the individual: both, or neither yet (3.8)."""

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


class RunUpForm(forms.ModelForm[RunUpStep]):
    class Meta:
        model = RunUpStep
        fields = ("on", "who", "what")
        widgets = {"on": day()}


class StageForm(forms.ModelForm[Stage]):
    class Meta:
        model = Stage
        fields = ("name", "must_be_true")
        help_texts = {
            "must_be_true": gettext_lazy("How will you all know that it has been reached?")
        }


class RoleForm(forms.Form):
    """A member of the workspace, by their address, and what they are here."""

    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        error_messages={"required": gettext_lazy("Which address do they sign in with?")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Role.Kind.choices, initial=Role.Kind.CO_LEAD
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initiative = initiative

    def clean_email(self) -> User:
        """The member of that address. Who is elsewhere and who is nowhere look the same."""
        members = User.objects.filter(memberships__workspace=self.initiative.workspace_id)
        user = members.filter(email__iexact=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError(
                _(
                    "Nobody in this workspace signs in with that address. Whoever runs the "
                    "workspace can invite them."
                )
            )
        if self.initiative.roles.filter(user=user).exists():
            raise forms.ValidationError(_("They have a role already. Change it in the list."))
        return user


class HeirForm(forms.Form):
    """To whom the people go whom somebody holds who stops leading."""

    heir = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who will hold their people?"),
        required=False,
        empty_label=gettext_lazy("choose a lead"),
    )

    def __init__(self, *args: Any, role: Role, held: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role, self.held = role, held
        field = self.fields["heir"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.leads_of(role.initiative).exclude(pk=role.user_id)
        if not held:
            del self.fields["heir"]

    @property
    def goes_to(self) -> User | None:
        found: User | None = self.cleaned_data.get("heir")
        return found


class ChangeRoleForm(HeirForm):
    kind = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.Kind.choices)
    field_order = ("kind", "heir")


class PeopleForm(forms.Form):
    """Pasted names, why they are here, and who holds them (3.6)."""

    people = forms.CharField(
        label=gettext_lazy("Names, one a line"),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=gettext_lazy("An address is welcome, not needed: Joan Okafor joan@clinic.nl"),
        error_messages={"required": gettext_lazy("Write at least one name.")},
    )
    is_affected = forms.BooleanField(label=gettext_lazy("it changes their work"), required=False)
    has_data = forms.BooleanField(label=gettext_lazy("they have data we need"), required=False)
    can_help = forms.BooleanField(label=gettext_lazy("we need their help"), required=False)
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

    def clean_people(self) -> list[Named]:
        named, problems = parse_names(self.cleaned_data["people"])
        if problems:
            raise forms.ValidationError([str(problem) for problem in problems[:10]])
        if not named:
            raise forms.ValidationError(_("Write at least one name."))
        if len(named) > MOST_NAMES:
            raise forms.ValidationError(
                _("These are %(count)s names; up to %(most)s go in here. For more, import a file.")
                % {"count": len(named), "most": MOST_NAMES}
            )
        return named

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


class SearchForm(forms.Form):
    """What the list of people is narrowed to; whatever makes no sense narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Name begins with"), max_length=120, required=False)
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("all teams"),
    )
    mine = forms.BooleanField(label=gettext_lazy("held by me"), required=False)
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
            after=d.get("after"),
        )


class GlassForm(forms.Form):
    """Which person page is opened, and the reason everybody concerned will read."""

    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Initiative"),
        empty_label=gettext_lazy("choose one"),
    )
    who = forms.CharField(
        label=gettext_lazy("Person"),
        max_length=254,
        help_text=gettext_lazy("Their e-mail address, or their name exactly as it is written."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person and the leads of the initiative will read this."),
        error_messages={
            "required": gettext_lazy("Say why, in words the person would understand."),
            "min_length": gettext_lazy("Say why in a few more words: at least ten characters."),
        },
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["initiative"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = queries.initiatives_in(workspace)

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("initiative") and cleaned.get("who"):
            found = queries.find_person(cleaned["initiative"], cleaned["who"])
            if found is None:
                self.add_error(
                    "who", _("No single person of that address or name is on this initiative.")
                )
            cleaned["participation"] = found
        return cleaned
