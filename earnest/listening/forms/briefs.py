"""What one knows before one asks: five answers, each with its source (2.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, override

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.core.forms import DayField, Sent
from earnest.engine.language import sensitive_topics
from earnest.initiatives.models import Initiative
from earnest.listening import queries
from earnest.listening.actions.briefs import Answered
from earnest.listening.models import BriefAnswer
from earnest.listening.queries.briefs import OUR_TOPICS, Gate, Known, Topic, Words
from earnest.people.models import Team

QUESTIONS: dict[str, str | Promise] = {
    Topic.PRESSURE: gettext_lazy("What presses them right now?"),
    Topic.PRIORITY: gettext_lazy("What comes first for them?"),
    Topic.RESULT: gettext_lazy("Which result do they owe, and by when?"),
    Topic.HELPS: gettext_lazy("How does this help with that?"),
    Topic.TODAY: gettext_lazy("Why today, and not in three months?"),
}
SOURCES = [(one.value, one.label) for one in BriefAnswer.Source if one != BriefAnswer.Source.OURS]


class TopicForm(Sent):
    """One question. Left empty it stays empty; a guess is fine, and shown as one."""

    words = forms.CharField(
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Where is it from?"),
        required=False,
        choices=[("", gettext_lazy("choose")), *SOURCES],
    )
    where = forms.CharField(
        label=gettext_lazy("Who, or which document"), required=False, max_length=160
    )
    on = DayField(label=gettext_lazy("When"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    one_of = ("words", "source", "where", "on")  # none is called "if you like"

    def __init__(
        self, data: Any = None, *, topic: str, stored: BriefAnswer | None, today: date
    ) -> None:
        super().__init__(data, prefix=topic, initial=_as_stored(stored))
        self.topic, self.stored, self.today = topic, stored, today
        self.sensitive: tuple[str, ...] = ()
        self.fields["words"].label = str(QUESTIONS[topic])
        if self.is_ours:
            self.sent = ("words",)
            for name in ("source", "where", "on"):
                del self.fields[name]

    @property
    def is_ours(self) -> bool:
        """Ours to write: it needs no source."""
        return self.topic in OUR_TOPICS

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["words"] = (data.get("words") or "").strip()
        sourced = self.is_ours or data.get("source") or "source" in self.errors
        if data["words"] and not sourced:
            self.add_error("source", _("Where is it from? A guess is fine, and shown as one."))
        if data.get("on") and data["on"] > self.today:
            self.add_error("on", _("That day is still to come."))
        return data

    def check_meanwhile(self) -> bool:
        """False, with a sentence, where somebody else changed this answer since it was shown."""
        if not self.is_changed or self.cleaned_data["seen"] == _mark(self._now):
            return True
        self.add_error("words", _("Somebody changed this meanwhile: “%s”") % self._now.words[:300])
        self.data = {**dict(self.data.items()), self.add_prefix("seen"): _mark(self._now)}
        return False

    def check_care(self, confirmed: bool) -> bool:
        """False where words touch what needs care and nobody said yet that it may be kept."""
        if self.is_changed and not confirmed:
            words = queries.word_list()
            self.sensitive = sensitive_topics(self.cleaned_data["words"], words)
        return not self.sensitive

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than what was shown: the rest is left as it is."""
        return bool(_mark(self.answer()) != self.cleaned_data["seen"])

    def answer(self) -> Answered:
        """The answer as typed, once valid."""
        data = self.cleaned_data
        if not data["words"]:
            return Answered("")
        return Answered(
            data["words"], data.get("source", ""), data.get("where", ""), data.get("on")
        )

    def as_answer(self) -> BriefAnswer | None:
        """The answer as a row that is written nowhere; None where nothing is answered."""
        one = self.answer()
        source = BriefAnswer.Source.OURS if self.is_ours else one.source
        row = BriefAnswer(topic=self.topic, words=one.words, source=source, where=one.where)
        row.on = one.on
        return row if one.words else None

    @property
    def _now(self) -> Answered:
        one = self.stored
        if one is None:
            return Answered("")
        source = "" if self.is_ours else one.source
        return Answered(one.words, source, one.where, one.on)


def _as_stored(one: BriefAnswer | None) -> dict[str, Any]:
    if one is None:
        return {}
    source = "" if one.topic in OUR_TOPICS else one.source
    answer = Answered(one.words, source, one.where, one.on)
    return {
        "words": one.words,
        "source": source,
        "where": one.where,
        "on": one.on,
        "seen": _mark(answer),
    }


def _mark(answer: Answered) -> str:
    """Changes when the answer does, empty where there is none: what a form was filled from."""
    if not answer.words:
        return ""
    parts = (answer.words, answer.source, answer.where, str(answer.on or ""))
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class BriefForm:
    """All five, one at a time or together: what was not touched is not written."""

    def __init__(self, data: Any = None, *, stored: Mapping[str, BriefAnswer], today: date) -> None:
        self.data = data
        self.topics = [
            TopicForm(data, topic=topic, stored=stored.get(topic), today=today) for topic in Topic
        ]

    def __iter__(self) -> Iterator[TopicForm]:
        return iter(self.topics)

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Matters of health, belief, union or family that the answers touch (privacy.md 3)."""
        found = [name for one in self.topics for name in one.sensitive]
        return tuple(dict.fromkeys(found))

    def is_valid(self) -> bool:
        """Each question by itself; then nothing overwritten unseen, nothing kept without care."""
        if [one for one in self.topics if not one.is_valid()]:
            return False
        if [one for one in self.topics if not one.check_meanwhile()]:
            return False
        confirmed = bool(self.data and self.data.get("kept_with_care"))
        return not [one for one in self.topics if not one.check_care(confirmed)]

    @property
    def errors(self) -> bool:
        return any(one.errors for one in self.topics) or bool(self.sensitive)

    def known(self, gate: Gate) -> Gate:
        """With what is typed, once valid: what they will read; nothing of it is kept.

        What is left empty shows what they inherit there.
        """
        inherited = {one.topic: one for one in gate.answers if one.is_inherited}
        typed = [(Topic(one.topic), one.as_answer()) for one in self.topics]
        return Gate(
            tuple(
                Known(topic, answer) if answer else inherited.get(topic, Known(topic))
                for topic, answer in typed
            )
        )

    def answers(self) -> dict[str, Answered]:
        """What was changed, once valid."""
        return {one.topic: one.answer() for one in self.topics if one.is_changed}


def with_words_taken(data: Any, known: list[Words]) -> Any:
    """What was typed, with known words taken as one answer: "they said it", with the day."""
    topic, _sep, key = data.get("take", "").partition(":")
    taken = next((one for one in known if one.key == key), None)
    if taken is None or topic not in Topic.values:
        return data
    filled = data.copy()
    filled[f"{topic}-words"] = taken.words[:500]
    filled[f"{topic}-source"] = BriefAnswer.Source.SAID if taken.in_own_hand else ""
    filled[f"{topic}-on"] = taken.on.isoformat() if taken.on else ""
    filled[f"{topic}-where"] = ""
    return filled


class GroupForm(forms.Form):
    """Whose brief: of a team, or of a role as the directory names it."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("A team"), queryset=Team.objects.none(), required=False
    )
    job = forms.CharField(
        label=gettext_lazy("Or a role: what they do"), max_length=120, required=False
    )
    one_of = ("team", "job")

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Team.objects.filter(workspace=initiative.workspace_id)
        self.fields["team"].queryset = here  # type: ignore[attr-defined]
        self.fields["job"].widget.attrs["list"] = "jobs"

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["job"] = " ".join((data.get("job") or "").split())
        if bool(data.get("team")) == bool(data["job"]) and not self.errors:
            self.add_error("team", _("Choose a team, or write a role: one of the two."))
        return data
