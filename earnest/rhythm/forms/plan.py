"""The rhythm of one audience: for each rung, after how many days of which sort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative
from earnest.initiatives.queries import leads_of, teams_of
from earnest.rhythm.actions import AudienceDraft
from earnest.rhythm.models import LATEST, SOONEST, Audience, AudienceKind, How, On

# A no is welcome, and not worked on: what changed may still be told (3.16).
LEFT_OUT = {(On.NO, How.TALK)}
CELLS = [(rung, how) for rung in On.values for how in How.values if (rung, how) not in LEFT_OUT]


class LeadChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Who leads, by name."""

    def label_from_instance(self, obj: User) -> str:
        return str(obj)


class RhythmForm(forms.Form):
    """Days by rung and sort; a cell left empty: never. The audience stays what it is."""

    def __init__(
        self,
        *args: Any,
        initiative: Initiative,
        audience: Audience,
        days: Mapping[tuple[str, str], int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.audience = audience
        self.fields["done_by"] = LeadChoice(
            queryset=leads_of(initiative),
            required=False,
            initial=audience.done_by_id,
            label=_("Who sees to the mail"),
            empty_label=_("whoever holds each person"),
            help_text=_(
                "News to tell comes up on their Today. A talk is always for the one who holds the "
                "person."
            ),
        )
        for rung, how in CELLS:
            self.fields[f"{how}-{rung}"] = _days_field(rung, how, days.get((rung, how)))

    @property
    def rows(self) -> list[tuple[str, str, list[BoundField | None]]]:
        """Each rung in words, and its three cells; none where there is none."""
        return [
            (rung, str(On(rung).label), [self._cell(rung, how) for how in How.values])
            for rung in On.values
        ]

    def _cell(self, rung: str, how: str) -> BoundField | None:
        name = f"{how}-{rung}"
        return self[name] if name in self.fields else None

    @property
    def draft(self) -> AudienceDraft:
        d = self.cleaned_data
        days = {(rung, how): d[f"{how}-{rung}"] for rung, how in CELLS if d.get(f"{how}-{rung}")}
        return AudienceDraft(self.audience.kind, self.audience.team, d["done_by"], days)


def _days_field(rung: str, how: str, days: int | None) -> forms.IntegerField:
    label = _("%(how)s, %(rung)s: days") % {"how": How(how).label, "rung": On(rung).label}
    return forms.IntegerField(
        required=False,
        initial=days,
        label=label,
        min_value=SOONEST,
        max_value=LATEST,
        widget=forms.NumberInput(attrs={"aria-label": label, "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Days are a whole number."),
            "min_value": _("At least 7: two in 14 days is all that anybody is asked."),
            "max_value": _("At most 365."),
        },
    )


class NewAudienceForm(forms.Form):
    """Who is to have a rhythm of their own."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who"),
        choices=[one for one in AudienceKind.choices if one[0] != AudienceKind.EVERYONE],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who is meant.")},
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        self.fields["team"] = forms.ModelChoiceField(
            queryset=teams_of(initiative.workspace),
            required=False,
            label=_("Which team"),
            empty_label=_("choose one"),
            help_text=_("With the teams inside it."),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == AudienceKind.TEAM and not data.get("team") and not self.errors:
            self.add_error("team", _("Choose the team."))
        return data

    @property
    def audience(self) -> Audience:
        """As it would be; it is kept with its first numbers."""
        d = self.cleaned_data
        team = d["team"] if d["kind"] == AudienceKind.TEAM else None
        return Audience(initiative=self.initiative, kind=d["kind"], team=team)
