"""A pilot as it is planned, and what its leads decide about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, override

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, readable_signs
from earnest.initiatives.models import Participation
from earnest.people.models import Team
from earnest.pilots.actions import PilotDraft
from earnest.pilots.models import Pilot
from earnest.plans.forms.own_words import OwnWords

USUAL = timedelta(weeks=8)
LONGEST = timedelta(days=366)


class PilotForm(OwnWords):
    """Small: what, from when to when, and what would make us stop."""

    sent = ("what", "stop_if")

    what = forms.CharField(
        label=gettext_lazy("What is tried"),
        max_length=300,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say what is tried.")},
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Some weeks are enough to see something. It can be extended."),
    )
    stop_if = forms.CharField(
        label=gettext_lazy("What would make us stop"),
        max_length=1000,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everyone in it reads this before it begins."),
        error_messages={
            "required": gettext_lazy("Say what would make you stop: a trial can fail.")
        },
    )

    def __init__(
        self, *args: Any, today: date, pilot: Pilot | None = None, what: str = "", **kw: Any
    ) -> None:
        self.pilot = pilot
        kw.setdefault("initial", self._initial(today, pilot, what))
        super().__init__(*args, **kw)
        if pilot and pilot.started_at:
            del self.fields["starts_on"], self.fields["ends_on"]
        for one in self.fields.values():
            one.show_hidden_initial = bool(pilot)

    @staticmethod
    def _initial(today: date, pilot: Pilot | None, what: str) -> dict[str, Any]:
        if pilot is None:
            return {"what": what, "starts_on": today + timedelta(weeks=1), "ends_on": today + USUAL}
        return {name: getattr(pilot, name) for name in ("what", "starts_on", "ends_on", "stop_if")}

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", _("That is more than a year. A pilot is small."))
        return given

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    def draft(self, part: str, team: Team | None) -> PilotDraft:
        d = self.cleaned_data
        return PilotDraft(part, d["what"], d["stop_if"], d["starts_on"], d["ends_on"], team)


class WhyForm(OwnWords):
    """The reason, which everyone in it reads."""

    sent = ("why",)

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        validators=[readable_signs],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everyone in it reads this."),
        error_messages={"required": gettext_lazy("Say why: they gave their time to it.")},
    )


class ExtendForm(WhyForm):
    """Until when instead, and why."""

    ends_on = DayField(label=gettext_lazy("New last day"))
    field_order = ("ends_on", "why")

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ends_on": pilot.ends_on + timedelta(weeks=4)})
        super().__init__(*args, initiative=pilot.initiative, **kwargs)
        self.pilot = pilot

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day <= self.pilot.ends_on:
            raise forms.ValidationError(_("It ends on that day, or later, already."))
        if day - self.pilot.starts_on > 2 * LONGEST:
            raise forms.ValidationError(_("That is more than two years. A pilot is small."))
        return day


class PersonForm(forms.Form):
    """Somebody of the part who is on the initiative."""

    who = forms.ModelChoiceField(
        Participation.objects.none(),
        label=gettext_lazy("Who else is in it"),
        error_messages={"required": gettext_lazy("Choose somebody.")},
    )

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Participation.objects.may_be_asked().filter(initiative=pilot.initiative_id)
        field = self.fields["who"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = (
            rows.exclude(pk__in=pilot.people.filter(left_at=None).values("participation"))
            .select_related("person")
            .order_by("person__name", "pk")
        )
        field.label_from_instance = lambda one: str(one.person)  # type: ignore[method-assign,assignment]


class WordForm(forms.Form):
    """A word about the pilot by somebody in it."""

    words = forms.CharField(
        label=gettext_lazy("Your word on it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a line, or leave it.")},
    )
    objects_to_it = forms.BooleanField(label=gettext_lazy("I object to it"), required=False)
