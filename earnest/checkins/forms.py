"""What is typed about a round, and the four taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.checkins.actions import RoundDraft, Taps
from earnest.checkins.models import LINE_LENGTH, Condition, FourTaps, Round
from earnest.core.forms import DayField, Sent
from earnest.initiatives.models import Initiative
from earnest.initiatives.queries import teams_of

SOON, LATE = timedelta(days=1), timedelta(days=42)
USUAL = timedelta(days=7)
A_MINUTE, AN_HOUR = 60, 3600
UNSAID = "0"  # "cannot say yet"
HOW = (
    ("yes", gettext_lazy("Nobody can see who answered")),
    ("no", gettext_lazy("By name: those who lead it see each answer, and it can be changed")),
)


class RoundForm(Sent):
    """By name or not, who is asked, until when, and what the last one changed."""

    sent = ("changed",)
    is_anonymous = forms.ChoiceField(
        label=gettext_lazy("How do they answer?"),
        choices=HOW,
        initial="yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    closes_on = DayField(
        label=gettext_lazy("Open until"),
        error_messages={"required": gettext_lazy("Say until when it is open.")},
    )
    changed = forms.CharField(
        label=gettext_lazy("What did the last one change?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They read it above the four taps, and in the mail."),
    )
    one_of = ("team",)

    def __init__(self, *args: Any, initiative: Initiative, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["team"] = forms.ModelChoiceField(
            queryset=teams_of(initiative.workspace),
            required=False,
            label=_("Who is asked?"),
            empty_label=_("Everyone on the initiative"),
        )
        self.order_fields(("is_anonymous", "team", "closes_on", "changed"))
        self.fields["closes_on"].initial = today + USUAL

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if not self.today + SOON <= day <= self.today + LATE:
            raise ValidationError(_("Choose a day from tomorrow on, and within six weeks."))
        return day

    def draft(self) -> RoundDraft:
        data = self.cleaned_data
        return RoundDraft(
            is_anonymous=data["is_anonymous"] == "yes",
            team=data["team"],
            closes_on=data["closes_on"],
            changed=data["changed"].strip(),
        )


def round_so_far(round_: Round) -> dict[str, Any]:
    """A draft as it is, to change it."""
    return {
        "is_anonymous": "yes" if round_.is_anonymous else "no",
        "team": round_.team_id,
        "closes_on": round_.closes_on,
        "changed": round_.changed,
    }


@dataclass(frozen=True, slots=True)
class Question:
    """One condition as it is tapped: five in a row, labels at their ends, and "cannot say yet"."""

    field: forms.BoundField
    taps: list[BoundWidget]
    unsaid: BoundWidget
    ends: tuple[str, str]


class FourTapsForm(forms.Form):
    """Four conditions, one open line (1.13), and how long it took as the page measured it."""

    line = forms.CharField(
        label=gettext_lazy("How would you make it work?"),
        required=False,
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # Whatever a browser sends here, it never keeps an answer from being taken.
    seconds = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(str(n), str(n)) for n in range(1, 6)]
        for condition in Condition:
            self.fields[condition.value] = forms.ChoiceField(
                label=condition.label,
                choices=[*numbers, (UNSAID, _("cannot say yet"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Tap a number, or “cannot say yet”.")},
            )

    @property
    def questions(self) -> list[Question]:
        found = []
        for condition in Condition:
            field = self[condition.value]
            *taps, unsaid = list(field.subwidgets)
            found.append(Question(field, taps, unsaid, condition.ends))
        return found

    @property
    def took(self) -> int | None:
        """Seconds from the moment the page was shown, where it could measure them."""
        said = self.cleaned_data["seconds"]
        known = said.isascii() and said.isdigit() and len(said) < 6 and 0 < int(said) < AN_HOUR
        return int(said) if known else None

    def taps(self) -> Taps:
        said = {name: int(self.cleaned_data[name]) or None for name in Condition.values}
        quick = None if self.took is None else self.took < A_MINUTE
        return Taps(**said, line=self.cleaned_data["line"].strip(), under_a_minute=quick)


def taps_so_far(answer: FourTaps) -> dict[str, str]:
    """An answer as it is, to change it."""
    said = {name: str(getattr(answer, name) or UNSAID) for name in Condition.values}
    return {**said, "line": answer.line}
