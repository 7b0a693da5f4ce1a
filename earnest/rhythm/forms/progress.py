"""A progress mail as it is written: for whom, and our words, drafted from the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import Sent
from earnest.initiatives.models import Initiative, Participation
from earnest.initiatives.queries import find_person, teams_of
from earnest.rhythm.actions import ProgressDraft
from earnest.rhythm.models import AudienceKind
from earnest.rhythm.queries.progress import Drafted

A_LINE_EACH = gettext_lazy("A line each. Keep what matters to them; strike the rest.")


def _area(label: Any, rows: int, most: int, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=False, max_length=most, widget=area, help_text=help_text
    )


class ProgressForm(Sent):
    """Their own part, what became of theirs and what was promised to them, is added for each."""

    sent = ("subject", "opening", "changed", "coming")

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    kind = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=AudienceKind.choices,
        initial=AudienceKind.EVERYONE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who is told.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=150,
        error_messages={"required": gettext_lazy("Give it a subject.")},
    )
    opening = _area(gettext_lazy("A word of your own"), 3, 2000)
    changed = _area(gettext_lazy("What changed"), 7, 4000, A_LINE_EACH)
    coming = _area(gettext_lazy("What comes next"), 4, 2000, A_LINE_EACH)
    as_whom = forms.CharField(
        label=gettext_lazy("Read it as"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("A name or an address; left empty, the first who gets it."),
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        self.reader: Participation | None = None
        self.fields["team"] = forms.ModelChoiceField(
            queryset=teams_of(initiative.workspace),
            required=False,
            label=_("Which team"),
            empty_label=_("no team chosen"),
        )
        self.order_fields(["number", "kind", "team", *self.sent, "as_whom"])

    def clean_as_whom(self) -> str:
        who: str = self.cleaned_data["as_whom"].strip()
        if who:
            self.reader = find_person(self.initiative, who)
            if self.reader is None:
                raise forms.ValidationError(
                    _("Nobody on it is called so. Write the whole name, or the address.")
                )
        return who

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == AudienceKind.TEAM and not data.get("team") and not self.errors:
            self.add_error("team", _("Choose the team."))
        if not (data.get("changed") or data.get("opening")) and "changed" not in self.errors:
            self.add_error("changed", _("There is nothing in it yet. Say what changed."))
        return data

    @property
    def draft(self) -> ProgressDraft:
        d = self.cleaned_data
        team = d["team"] if d["kind"] == AudienceKind.TEAM else None
        return ProgressDraft(
            number=d["number"],
            kind=d["kind"],
            team=team,
            subject=d["subject"],
            opening=d["opening"],
            changed=d["changed"],
            coming=d["coming"],
        )


def begun(initiative: Initiative, found: Drafted) -> dict[str, Any]:
    """What the form begins with."""
    day = date_format(localtime(found.since), "j F")
    subject = _("%(title)s: what changed since %(day)s") % {"title": initiative.title, "day": day}
    return {
        "number": found.number,
        "subject": subject[:150],
        "changed": "\n".join(found.changed),
        "coming": "\n".join(found.coming),
    }
