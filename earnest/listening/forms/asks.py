"""What one types when one asks: what, how long, on what, why them, what they get, when (2.7–2.12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, override
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, Sent
from earnest.engine.language import sensitive_topics
from earnest.initiatives.models import AskedToStop, Initiative, Participation
from earnest.listening import queries
from earnest.listening.actions.asks import AskDraft, BriefOpen
from earnest.listening.forms.times import MOST_TIMES, Clock, TimesForm
from earnest.listening.models import Ask, LargeAsk, StepBack
from earnest.listening.queries import asks, briefs
from earnest.people.models import Away

MOST_OTHERS = 7
LONGEST_WAIT = timedelta(days=60)
DAYS_TO_ANSWER = 5
WORDS = ("about", "why_you", "gets", "others")  # where what needs care may stand


class AskWords(TimesForm, Sent):
    """What every ask says, to one person or to many."""

    sent = WORDS

    kind = forms.ChoiceField(
        label=gettext_lazy("I need"),
        choices=Ask.Kind,
        widget=forms.RadioSelect,
        initial=Ask.Kind.INPUT,
        error_messages={"required": gettext_lazy("Which do you need? Choose one.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes"),
        initial=15,
        min_value=1,
        max_value=480,
        widget=forms.NumberInput(attrs={"min": 1, "max": 480, "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("How long will it take? A number of minutes is enough."),
            "invalid": gettext_lazy("A whole number of minutes, please: 15."),
            "min_value": gettext_lazy("At least a minute."),
            "max_value": gettext_lazy("That is more than a working day. Ask for less."),
        },
    )
    about = forms.CharField(
        label=gettext_lazy("On what"),
        max_length=300,
        error_messages={"required": gettext_lazy("On what? A line they understand at once.")},
    )
    gets = forms.CharField(
        label=gettext_lazy("What they get for it"),
        max_length=300,
        error_messages={"required": gettext_lazy("What do they get for their time?")},
    )
    form = forms.ChoiceField(label=gettext_lazy("How"), choices=Ask.Form, widget=forms.RadioSelect)
    place = forms.CharField(
        label=gettext_lazy("Where: a place, or the address of a call"),
        max_length=160,
        required=False,
    )
    large = forms.ModelChoiceField(
        label=gettext_lazy("The large ask behind it"),
        queryset=LargeAsk.objects.none(),
        required=False,
        empty_label=gettext_lazy("none, or named below"),
    )
    large_words = forms.CharField(
        label=gettext_lazy("Or name it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: eight weeks, two hours a week."),
    )
    one_of: tuple[str, ...] = ("large", "large_words")

    def __init__(self, *args: Any, initiative: Initiative, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, clock=clock, **kwargs)
        self.initiative = initiative
        self.fields["large"].queryset = asks.large_asks(initiative)  # type: ignore[attr-defined]

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Matters of health, belief, union or family that its words touch (privacy.md 3)."""
        said = " ".join(str(self.cleaned_data.get(name) or "") for name in WORDS)
        return sensitive_topics(said, queries.word_list())

    @property
    def typed(self) -> list[str]:
        """Our own words, one field at a time: how they may sound is shown beside the mail."""
        return [str(self.cleaned_data.get(name) or "") for name in WORDS]

    def draft(self, answer_by: date, key: UUID | None = None) -> AskDraft:
        """The ask as typed, once valid."""
        data = self.cleaned_data
        return AskDraft(
            kind=data["kind"],
            minutes=data["minutes"],
            about=data["about"],
            gets=data["gets"],
            answer_by=answer_by,
            form=data["form"],
            place=data["place"],
            times=data["times"],
            large=data["large"],
            large_words=data["large_words"],
            key=key,
        )


class AskForm(AskWords):
    """An ask of one person, or of a few who share the times."""

    why_you = forms.CharField(
        label=gettext_lazy("Why them"),
        max_length=300,
        error_messages={"required": gettext_lazy("Why them, and not somebody else?")},
    )
    others = forms.CharField(
        label=gettext_lazy("With whom else, in a small group"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, each with why: “Sam Reyes: knows the night shift”."),
    )
    missing = forms.MultipleChoiceField(
        label=gettext_lazy("Ask for what you do not know yet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    answer_by = DayField(
        label=gettext_lazy("Answer until"),
        error_messages={"required": gettext_lazy("Until which day is an answer early enough?")},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    step_back = forms.ModelChoiceField(
        queryset=StepBack.objects.none(), required=False, widget=forms.HiddenInput
    )
    one_of = ("large", "large_words", "about", "missing", "others")

    def __init__(
        self,
        *args: Any,
        participation: Participation,
        gate: briefs.Gate,
        clock: Clock,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initiative=participation.initiative, clock=clock, **kwargs)
        self.participation, self.gate = participation, gate
        self.speaks = participation.person.speaks
        name = participation.person.first_name
        self.fields["why_you"].label = _("Why you, %(name)s") % {"name": name}
        self.fields["gets"].label = _("What you get for it, %(name)s") % {"name": name}
        self.fields["about"].required = False
        self.fields["step_back"].queryset = StepBack.objects.filter(  # type: ignore[attr-defined]
            participation=participation, outcome_at=None
        )
        self.fields["missing"].choices = [  # type: ignore[attr-defined]
            (one.value, str(asks.ASKS_FOR[one])) for one in gate.missing
        ]
        self.fields["answer_by"].initial = working_days_on(clock.today, DAYS_TO_ANSWER)
        self.also: list[tuple[Participation, str]] = []

    @override
    def draft(self, answer_by: date, key: UUID | None = None) -> AskDraft:
        """The same; to step back, it wants nothing but to understand (3.16)."""
        return replace(super().draft(answer_by, key), step_back=self.cleaned_data["step_back"])

    def clean_step_back(self) -> StepBack | None:
        """Such an ask wants no green light, no backing and no act."""
        step_back: StepBack | None = self.cleaned_data["step_back"]
        if step_back and self.cleaned_data.get("kind") not in {None, Ask.Kind.INPUT}:
            self.add_error(
                "kind", _("To step back, ask for input alone: nothing is wanted of them.")
            )
        return step_back

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind != Ask.Kind.INPUT and not self.gate.is_open:
            raise forms.ValidationError(BriefOpen(self.participation).sentence)
        return kind

    def clean_answer_by(self) -> date:
        day: date = self.cleaned_data["answer_by"]
        if day <= self.clock.today:
            raise forms.ValidationError(_("Give them at least until tomorrow."))
        if day > self.clock.today + LONGEST_WAIT:
            raise forms.ValidationError(_("That is further away than anybody remembers an ask."))
        return day

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self._say_about(data)
        last = max(data["times"], default=None)
        if last and data.get("answer_by") == self.fields["answer_by"].initial:
            data["answer_by"] = min(data["answer_by"], last.date())  # left as it was proposed
        if last and data.get("answer_by") and data["answer_by"] > last.date():
            self.add_error("answer_by", _("By then all the times above are over."))
        self._refuse_while_away(data)
        if data.get("form") == Ask.Form.SMALL_GROUP:
            self._find_others()
        return data

    def _say_about(self, data: dict[str, Any]) -> None:
        """On what: as written, and what is not known yet."""
        wanted = [str(asks.ASKS_FOR[topic]) for topic in data.get("missing") or ()]
        said = [one for one in ((data.get("about") or "").strip(), *wanted) if one]
        if not said and "about" not in self.errors:
            self.add_error("about", self.fields["about"].error_messages["required"])
        about = "; ".join(said)
        data["about"] = about[:1].upper() + about[1:]
        if len(about) > 300 and "about" not in self.errors:
            self.add_error("about", _("That is too much for one ask. Ask for less."))

    def _refuse_while_away(self, data: dict[str, Any]) -> None:
        """A time on a day they are not there helps nobody (2.1)."""
        away = list(self.participation.person.away.all())
        for number in range(1, MOST_TIMES + 1):
            day = data.get(f"day_{number}")
            if day and is_away(away, day):
                name = self.participation.person.first_name
                self.add_error(f"day_{number}", _("%(name)s is away then.") % {"name": name})

    def _find_others(self) -> None:
        """Each line a name and why; everyone on the initiative, once, and free to be asked."""
        lines = [one.strip() for one in self.cleaned_data.get("others", "").splitlines()]
        pairs = [one.partition(":") for one in lines if one]
        if not pairs:
            self.add_error(
                "others",
                _("A small group needs at least one more. Name them, or choose one to one."),
            )
        if len(pairs) > MOST_OTHERS:
            self.add_error("others", _("A small group is eight people at most."))
            return
        names = {name.strip() for name, _colon, _why in pairs}
        known = queries.people_named(self.initiative.pk, names)
        for name, _colon, why in pairs:
            found = known.get(name.strip().casefold())
            if problem := self._problem_with(name.strip(), found, why.strip(), known):
                self.add_error("others", problem)
            elif found:
                self.also.append((found, why.strip()[:300]))

    def _problem_with(
        self,
        name: str,
        found: Participation | None,
        why: str,
        known: dict[str, Participation | None],
    ) -> str:
        says = {"name": name}
        if name.casefold() not in known:
            return _("Nobody called %(name)s is on this initiative.") % says
        if found is None:
            return _("More than one is called %(name)s. Write the whole name.") % says
        if found == self.participation or found in [one for one, _why in self.also]:
            return _("%(name)s is asked already.") % says
        return self._not_to_be_asked(found, why)

    def _not_to_be_asked(self, found: Participation, why: str) -> str:
        if found.asked_to_stop:
            return AskedToStop(found).sentence
        if not why:
            says = {"name": found.person.first_name}
            return _("Why %(name)s? Write it after a colon.") % says
        for_input = self.cleaned_data.get("kind") in {None, Ask.Kind.INPUT}
        return "" if for_input or briefs.gate_for(found).is_open else BriefOpen(found).sentence

    def asked(self) -> list[tuple[Participation, str]]:
        """Everyone who is asked, each with why, once valid."""
        first = (self.participation, self.cleaned_data["why_you"])
        return [first, *self.also]


def is_away(away: Sequence[Away], day: date) -> bool:
    return any(one.first_day <= day <= one.last_day for one in away)


def working_days_on(day: date, count: int) -> date:
    """So many days from Monday to Friday later."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


class LargeAskForm(Sent):
    """The large ask the small ones foretell (2.2)."""

    sent = ("words",)

    words = forms.CharField(
        label=gettext_lazy("The large ask"),
        max_length=300,
        help_text=gettext_lazy("For example: eight weeks, two hours a week."),
        error_messages={"required": gettext_lazy("What will you ask for, in one line?")},
    )


class SmallerForm(LargeAskForm):
    """The same, made smaller: it begins with the words as they are."""

    def __init__(self, data: Any = None, *, large: LargeAsk) -> None:
        super().__init__(data, initial={"words": large.words})
        words = self.fields["words"]
        words.label = _("The large ask, smaller")
        words.help_text = _("Fewer weeks, fewer people, a first part, or half the time.")
        words.error_messages["required"] = _("What is the smaller one, in one line?")
        self.large = large

    def clean_words(self) -> str:
        """The same words are not smaller."""
        words: str = self.cleaned_data["words"]
        if words.casefold() == self.large.words.casefold():
            raise forms.ValidationError(_("That is what it is now. What can be less?"))
        return words


class WhyForm(Sent):
    """Why it is taken back: a line they can read, if one likes."""

    sent = ("why",)

    why = forms.CharField(
        label=gettext_lazy("Why, in a line they can read"), max_length=300, required=False
    )
