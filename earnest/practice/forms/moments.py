"""What one types about moments: written beforehand, noticed by hand, sent."""

from __future__ import annotations

from datetime import date
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, Sent
from earnest.engine.language import refused_topics, sensitive_topics
from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.queries import word_list
from earnest.plans.forms.own_words import refuse_copied
from earnest.practice.actions.moments import MomentDraft
from earnest.practice.models import LAPSES_AFTER, Moment, MomentSeen, Point
from earnest.practice.models.moments import LONGEST_PHRASE
from earnest.practice.queries.moments import points_to_choose

ONE, TEAM, ANYONE = "one", "team", "anyone"
WHOM = (
    (ONE, gettext_lazy("one person")),
    (TEAM, gettext_lazy("anyone in a team")),
    (ANYONE, gettext_lazy("anyone on the initiative")),
)
NOBODYS_BUSINESS = gettext_lazy(
    "Matters of health, union, belief, politics, sexuality or family are never watched for."
)


class MomentForm(Sent):
    """When this happens to them, it is the moment for this point, and the link to their work is."""

    sent: tuple[str, ...] = ("what", "link")
    one_of = ("person", "team", "on", "words", "joins")  # each belongs to one choice above it

    what = forms.CharField(
        label=gettext_lazy("When what happens?"),
        max_length=200,
        help_text=gettext_lazy("Such as: a request comes that nobody feels is theirs"),
        error_messages={"required": gettext_lazy("What has to happen? A few words are enough.")},
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("To whom?"), choices=WHOM, widget=forms.RadioSelect, initial=ONE
    )
    person = forms.CharField(
        label=gettext_lazy("One person: their whole name, or their address"),
        max_length=200,
        required=False,
    )
    link = forms.CharField(
        label=gettext_lazy("The link to their work"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Why just then, for what they do. Empty: how this serves them, as they were told."
        ),
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How is it noticed?"),
        choices=Moment.How,
        widget=forms.RadioSelect,
        initial=Moment.How.HAND,
        help_text=gettext_lazy("By hand it can always be noticed as well."),
    )
    on = DayField(label=gettext_lazy("On a day: which"), required=False)
    words = forms.CharField(
        label=gettext_lazy("By a word: which, with commas between several"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Each as it stands in a note: hand-over, hand-overs, new ward"),
    )
    lapses_after = forms.IntegerField(
        label=gettext_lazy("How many days does it wait, once it came?"),
        initial=LAPSES_AFTER,
        min_value=1,
        max_value=90,
    )

    def __init__(
        self,
        *args: Any,
        initiative: Initiative,
        today: date,
        point: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initiative, self.today = initiative, today
        teams = initiatives.teams_of(initiative.workspace)
        self.fields["team"] = forms.ModelChoiceField(
            teams,
            label=_("Anyone in a team: which"),
            required=False,
            empty_label=_("choose one"),
            help_text=_("With the teams inside it."),
        )
        self.fields["joins"] = forms.ModelChoiceField(
            teams, label=_("Into a team: which"), required=False, empty_label=_("choose one")
        )
        self.fields["point"] = forms.ChoiceField(
            label=_("Then it is the moment for"),
            choices=[("", _("choose a point")), *points_to_choose(initiative, point)],
            error_messages={
                "required": _("Which point helps then?"),
                "invalid_choice": _("Which point helps then?"),
            },
        )
        first = ("what", "whom", "person", "team", "point", "link", "how", "on", "words", "joins")
        self.order_fields(first)

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day < self.today and day != self.initial.get("on"):
            raise ValidationError(_("That day is over. Choose today or later."))
        return day

    def clean_words(self) -> str:
        phrases = [" ".join(one.split()) for one in self.cleaned_data["words"].split(",")]
        for phrase in phrases:
            if refused_topics(phrase, word_list()):
                said = _("“%s” cannot be one of them.") % phrase
                raise ValidationError(f"{said} {NOBODYS_BUSINESS}")
            if len(phrase) > LONGEST_PHRASE:
                said = _("“%(phrase)s…” is long to watch for: %(most)d characters at most.")
                raise ValidationError(said % {"phrase": phrase[:20], "most": LONGEST_PHRASE})
        return ", ".join(one for one in phrases if any(sign.isalnum() for sign in one))

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._forget_unneeded(given)
        self._clean_whom(given)
        refuse_copied(self, self.initiative, self.sent, to=given.get("found"))
        needed = {
            Moment.How.DATE: ("on", _("On which day?")),
            Moment.How.WORD: ("words", _("Which words? One is enough.")),
            Moment.How.TEAM: ("joins", _("Which team?")),
        }
        name, said = needed.get(given.get("how", ""), ("", ""))
        if name and not given.get(name) and name not in self.errors:
            self.add_error(name, said)
        if given.get("how") == Moment.How.ADDED and given.get("whom") == ONE:
            said = _("Who comes onto the initiative cannot be named yet. Choose anyone, or a team.")
            self.add_error("whom", said)
        return given

    def _forget_unneeded(self, given: dict[str, Any]) -> None:
        """What was typed for another choice is not asked for, and nothing in it is wrong: with this
        choice nobody sees it."""
        needs = {
            "person": given.get("whom") == ONE,
            "team": given.get("whom") == TEAM,
            "on": given.get("how") == Moment.How.DATE,
            "words": given.get("how") == Moment.How.WORD,
            "joins": given.get("how") == Moment.How.TEAM,
        }
        for name, needed in needs.items():
            if not needed:
                self.errors.pop(name, None)

    def _clean_whom(self, given: dict[str, Any]) -> None:
        if given.get("whom") == ONE:
            who = " ".join(given.get("person", "").split())
            given["found"] = initiatives.find_person(self.initiative, who) if who else None
            if given["found"] is None:
                self.add_error("person", _("Nobody on this initiative is called so alone."))
        elif given.get("whom") == TEAM and not given.get("team"):
            self.add_error("team", _("Which team?"))

    @property
    def draft(self) -> MomentDraft:
        """The moment as typed, once valid."""
        d = self.cleaned_data
        how = d["how"]
        return MomentDraft(
            point=Point.objects.get(pk=d["point"]),
            what=d["what"],
            link=d["link"],
            participation=d["found"] if d["whom"] == ONE else None,
            team=d["team"] if d["whom"] == TEAM else None,
            how=how,
            on=d["on"] if how == Moment.How.DATE else None,
            words=d["words"] if how == Moment.How.WORD else "",
            joins=d["joins"] if how == Moment.How.TEAM else None,
            lapses_after=d["lapses_after"],
        )


def written(moment: Moment) -> dict[str, Any]:
    """A moment as its form shows it."""
    one = moment.participation
    return {
        "what": moment.what,
        "whom": ONE if one else TEAM if moment.team_id else ANYONE,
        "person": (one.person.email or one.person.name) if one else "",
        "team": moment.team_id,
        "point": moment.point_id,
        "link": moment.link,
        "how": moment.how,
        "on": moment.on,
        "words": moment.words,
        "joins": moment.joins_id,
        "lapses_after": moment.lapses_after,
    }


class NoticeForm(forms.Form):
    """It came, noticed by hand: for whom, and what happened in a line they can read.

    From a person's page they are named by the key of their participation.
    """

    participation = forms.IntegerField(required=False, widget=forms.HiddenInput)

    person = forms.CharField(
        label=gettext_lazy("For whom? Their whole name, or their address"),
        max_length=200,
        error_messages={"required": gettext_lazy("For whom did it come?")},
    )
    words = forms.CharField(
        label=gettext_lazy("What happened, in a line they can read"),
        max_length=300,
        required=False,
        error_messages={"max_length": gettext_lazy("One line is enough: 300 characters at most.")},
    )

    def __init__(self, *args: Any, moment: Moment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moment = moment
        if moment.participation_id:
            del self.fields["person"], self.fields["participation"]
        elif self.data.get("participation"):
            self.fields["person"].required = False

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if sensitive_topics(words, word_list()):
            said = _("Say it without that: such matters are nobody's business here.")
            raise ValidationError(f"{said} {NOBODYS_BUSINESS}")
        return words

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "person" in self.fields and "person" not in self.errors:
            given["found"] = self._found(given)
            if given["found"] is None:
                self.add_error("person", _("Nobody on this initiative is called so alone."))
        return given

    def _found(self, given: dict[str, Any]) -> Participation | None:
        here = self.moment.initiative
        if pk := given.get("participation"):
            return here.participations.filter(person__erased_at=None, pk=pk).first()
        return initiatives.find_person(here, " ".join(given["person"].split()))

    @property
    def whose(self) -> Participation:
        found: Participation | None = self.moment.participation or self.cleaned_data.get("found")
        assert found is not None  # noqa: S101 - the form is valid
        return found


class NudgeForm(Sent):
    """The mail that brings the point: the link to their work, and a line of one's own."""

    sent: tuple[str, ...] = ("line", "link")

    line = forms.CharField(label=gettext_lazy("A line of your own"), max_length=300, required=False)
    link = forms.CharField(
        label=gettext_lazy("The link to their work"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, seen: MomentSeen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.speaks = seen.participation.person.speaks

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        whose = self.seen.participation
        refuse_copied(self, whose.initiative, self.sent, to=whose)
        return data
