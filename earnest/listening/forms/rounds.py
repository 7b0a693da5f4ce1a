"""A listening round: the draft, how many a day, who is in it, and why each (2.11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import Sent
from earnest.engine.language import sensitive_topics
from earnest.initiatives.models import Initiative
from earnest.listening import queries
from earnest.listening.forms.asks import DAYS_TO_ANSWER, AskWords
from earnest.listening.forms.times import times_so_far
from earnest.listening.models import Ask, Invitation, Round
from earnest.people.models import Team


class RoundForm(AskWords):
    """One draft for all of them; everyone gets their own why."""

    per_day = forms.IntegerField(
        label=gettext_lazy("How many a day, from Monday to Friday"),
        initial=5,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("No more than you can listen to in the days after."),
        error_messages={"required": gettext_lazy("How many a day can you listen to?")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days to answer"),
        initial=DAYS_TO_ANSWER + 2,
        min_value=1,
        max_value=60,
        error_messages={"required": gettext_lazy("How many days do they have to answer?")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            one for one in Ask.Form.choices if one[0] != Ask.Form.SMALL_GROUP
        ]
        self.fields["form"].initial = Ask.Form.ONE_TO_ONE


def draft_so_far(round_: Round) -> dict[str, Any]:
    """The draft as it is, to change it."""
    ask = round_.ask
    names = ("kind", "minutes", "about", "gets", "form", "place", "large")
    day = ask.initiative.workspace.day
    return {
        **{name: getattr(ask, name) for name in names},
        **times_so_far(ask.times.all()),
        "per_day": round_.per_day,
        "days": (ask.answer_by - day(ask.made_at)).days,
    }


class NotHeardForm(forms.Form):
    """Everyone who was not heard yet, of one team or of all."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Of which team?"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("all of them"),
    )
    one_of = ("team",)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Team.objects.filter(workspace=initiative.workspace_id)
        self.fields["team"].queryset = here  # type: ignore[attr-defined]


def numbers(values: Iterable[str]) -> set[int]:
    """Which boxes are ticked; what is no number is none of ours."""
    return {int(one) for one in values if one.isascii() and one.isdigit() and len(one) < 19}


class WhyYouForm(Sent):
    """Why each of them: a line for everyone on the page. Left empty, they wait."""

    def __init__(
        self, data: Any = None, *, rows: Sequence[Invitation], held: Mapping[int, str]
    ) -> None:
        super().__init__(data)
        self.rows, self.sensitive = rows, ()
        for row in rows:
            self.fields[f"why_{row.pk}"] = forms.CharField(
                label=_("Why you, %(name)s") % {"name": row.participation.person.name},
                required=False,
                max_length=300,
                initial=row.why_you,
                help_text=held.get(row.participation_id, ""),
            )
        self.one_of = self.sent = tuple(self.fields)

    sensitive: tuple[str, ...]

    def is_fine(self, *, with_care: bool) -> bool:
        """Valid, and nothing in it that needs care, unless they want it written."""
        if not self.is_valid():
            return False
        said = " ".join(self.words().values())
        self.sensitive = () if with_care else sensitive_topics(said, queries.word_list())
        return not self.sensitive

    def words(self) -> dict[int, str]:
        """By invitation, once valid."""
        return {row.pk: str(self.cleaned_data[f"why_{row.pk}"]).strip() for row in self.rows}
