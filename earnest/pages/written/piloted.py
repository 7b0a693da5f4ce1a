"""Pilots: the question who would like to go first, what they said to it, and what runs in their
part (1.11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative, Participation
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as
from earnest.pilots.models import Call, Pilot, PilotMeasure, PilotPerson, Volunteer
from earnest.pilots.queries import began_on, last_day

# As ``PilotMeasure.called`` says of one.
CALLED = Case(
    When(counts=PilotMeasure.Counts.SHARE, then=Concat(Value("% "), "name")), default=F("name")
)


@dataclass(frozen=True, slots=True)
class Question:
    """Who would like to go first? As it stands open."""

    pk: int
    what: str
    takes: str


@dataclass(frozen=True, slots=True)
class Said:
    """A yes for their part: in their words, or noted by a lead; and what came back."""

    pk: int
    call_pk: int
    what: str
    part: str
    words: str
    answer: str
    passed_on: str
    at: datetime
    noted_by: str
    answered_at: datetime | None
    taken_back_at: datetime | None
    pilot_pk: int | None

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None

    @property
    def seen_by(self) -> str:
        return str(dict(Volunteer.PassedOn.choices)[self.passed_on])


@dataclass(frozen=True, slots=True)
class InPart:
    """A pilot in their part of the organisation: when, what is measured, what would end it."""

    pk: int
    part: str
    what: str
    stop_if: str
    why: str
    first_day: date  # as it ran; as planned where it did not yet
    last_day: date
    since: datetime
    started_at: datetime | None
    stopped_at: datetime | None
    ended_at: datetime | None
    measures: list[str]

    @property
    def runs(self) -> bool:
        return bool(self.started_at) and not self.is_over

    @property
    def is_over(self) -> bool:
        return bool(self.stopped_at or self.ended_at)

    @property
    def called(self) -> str:
        if self.stopped_at:
            return _("stopped")
        if self.ended_at:
            return _("ended")
        return _("running") if self.started_at else _("being prepared")


@dataclass(frozen=True, slots=True)
class Piloted:
    """All of it, the latest first."""

    question: Question | None = None  # open now
    said: list[Said] = field(default_factory=list)
    pilots: list[InPart] = field(default_factory=list)

    @property
    def yes(self) -> Said | None:
        """Their yes to the question that is open."""
        asked = self.question
        found = (one for one in self.said if asked and one.call_pk == asked.pk and one.stands)
        return next(found, None)

    @property
    def anything(self) -> bool:
        return bool(self.said or self.pilots)


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    here, initiative = participation.pk, participation.initiative_id
    calls = Call.objects.filter(initiative=initiative, closed_at=None, initiative__closed_at=None)
    measures = PilotMeasure.objects.filter(
        pilot__people__participation=here, pilot__people__left_at=None
    ).annotate(said=CALLED)
    return [
        rows_as("call", calls, has_place=False, words="what", more="takes", at="asked_at"),
        rows_as("volunteered", _said(here), **SAID),
        rows_as("in pilot", _in_part(here), **IN_PART),
        rows_as("measured", measures, has_place=False, conversation_id="pilot_id", words="said"),
    ]


def _said(here: int) -> QuerySet[Volunteer]:
    rows = Volunteer.objects.filter(participation=here)
    return rows.annotate(told=in_one("part", "answer", "passed_on", "call__what"))


def _in_part(here: int) -> QuerySet[PilotPerson]:
    rows = PilotPerson.objects.filter(participation=here, left_at=None)
    return rows.annotate(
        told=in_one("pilot__part", "pilot__stop_if", "pilot__why", "pilot__ends_on")
    )


SAID: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "call_id",
    "start": "pilot__pk",
    "more": "told",
    "who": "noted_by__name",
    "at": "said_at",
    "read_at": "answered_at",
    "corrected_at": "taken_back_at",
}
IN_PART: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "pilot_id",
    "words": "pilot__what",
    "more": "told",
    "on": "pilot__starts_on",
    "at": "since",
    "right_at": "pilot__started_at",
    "corrected_at": "pilot__stopped_at",
    "read_at": "pilot__ended_at",
}


def read(met: dict[str, list[Row]], initiative: Initiative) -> dict[str, Any]:
    """As it was typed: the forms refuse words of people, and the pages of a pilot cut what was noted
    later. Here that would cost a query on every page of a person."""
    measured: dict[int, list[str]] = {}
    for row in met.get("measured", ()):
        measured.setdefault(row.conversation_id or 0, []).append(row.words)
    question = next((Question(row.pk, row.words, row.more) for row in met.get("call", ())), None)
    said = sorted(met.get("volunteered", ()), key=by_moment, reverse=True)
    there = sorted(met.get("in pilot", ()), key=by_moment, reverse=True)
    pilots = [_as_pilot(row, measured, initiative) for row in there]
    return {"piloted": Piloted(question, [_as_said(row) for row in said], pilots)}


def _as_said(row: Row) -> Said:
    part, answer, passed_on, what = row.more.split(APART)
    return Said(
        pk=row.pk,
        call_pk=row.conversation_id or 0,
        what=what,
        part=part,
        words=row.words,
        answer=answer,
        passed_on=passed_on,
        at=row.at,
        noted_by=row.who or "",
        answered_at=row.read_at,
        taken_back_at=row.corrected_at,
        pilot_pk=row.start,
    )


def _as_pilot(row: Row, measured: dict[int, list[str]], initiative: Initiative) -> InPart:
    part, stop_if, why, ends_on = row.more.split(APART)
    pilot = Pilot(
        pk=row.conversation_id or 0,
        initiative=initiative,
        starts_on=row.on,
        ends_on=date.fromisoformat(ends_on),
        started_at=row.right_at,
        stopped_at=row.corrected_at,
        ended_at=row.read_at,
    )
    return InPart(
        pk=pilot.pk,
        part=part,
        what=row.words,
        stop_if=stop_if,
        why=why,
        first_day=began_on(pilot),
        last_day=last_day(pilot),
        since=row.at,
        started_at=pilot.started_at,
        stopped_at=pilot.stopped_at,
        ended_at=pilot.ended_at,
        measures=sorted(measured.get(pilot.pk, ())),
    )


def happened(piloted: Piloted, name: str) -> list[Happening]:
    """A yes, taken back or answered; a pilot in their part, begun and over."""
    out = []
    for one in piloted.said:
        who = one.noted_by or name
        out.append(Happening(one.at, "", _("Would like to go first: %s") % one.part, who))
        if one.taken_back_at:
            out.append(Happening(one.taken_back_at, "", _("Took going first back"), name))
        if one.answered_at and one.answer:
            said = _("Not this time: %s") % one.answer
            out.append(Happening(one.answered_at, "", said))
    for pilot in piloted.pilots:
        if pilot.started_at:
            said = _("A pilot began in their part: %s") % pilot.what
            out.append(Happening(pilot.started_at, "", said))
        over = pilot.stopped_at or pilot.ended_at
        if over:
            out.append(Happening(over, "", _("The pilot in their part is over: %s") % pilot.what))
    return out


def as_data(piloted: Piloted) -> dict[str, Any]:
    """To read and to take along."""
    return {
        "would_like_to_go_first": [
            {
                "part": one.part,
                "words": one.words,
                "at": one.at,
                "noted_by": one.noted_by,
                "seen_by": one.seen_by,
                "taken_back_at": one.taken_back_at,
                "answer": one.answer,
                "answered_at": one.answered_at,
            }
            for one in piloted.said
        ],
        "pilots_in_your_part": [
            {
                "part": one.part,
                "what_is_tried": one.what,
                "what_is_measured": ", ".join(one.measures),
                "first_day": one.first_day,
                "last_day": one.last_day,
                "state": one.called,
                "in_it_since": one.since,
            }
            for one in piloted.pilots
        ],
    }
