"""Lessons: where they were, what was brought back, for whom it came up, who may say so (0.4, 0.8, 0.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from earnest.initiatives.models import Participation
from earnest.pages.written.rows import APART, Happening, Row, in_one, rows_as
from earnest.people.models import Person
from earnest.practice.models import Agreement, Attendance, CameUp, FollowUp, Lesson, Point

WITH_POINTS = 3  # lessons whose points stand on the page itself; the others have them on their own


@dataclass(frozen=True, slots=True)
class Was:
    """A lesson and them: asked to come, what they said, whether they were there."""

    pk: int
    lesson_pk: int
    title: str
    on: date
    state: str
    will: str
    will_at: datetime | None
    points: list[Point] = field(default_factory=list)
    came_up: list[CameUp] = field(default_factory=list)

    @property
    def called(self) -> str:
        return str(dict(Attendance.State.choices)[self.state])

    @property
    def will_called(self) -> str:
        return str(dict(Attendance.Will.choices).get(self.will, ""))

    @property
    def was_there(self) -> bool:
        return self.state == Attendance.State.THERE

    @property
    def is_primed(self) -> bool:
        """It waits for the moment they need it (0.4)."""
        return self.was_there and not self.came_up


@dataclass(frozen=True, slots=True)
class Agreed:
    """They agreed that a colleague may say it for them, or a colleague agreed with them."""

    pk: int
    who: str
    at: datetime
    until: datetime | None
    by_them: bool  # they gave it

    @property
    def stands(self) -> bool:
        return self.until is None


@dataclass(frozen=True, slots=True)
class Practice:
    """All of it, the latest first."""

    lessons: list[Was] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    came_up: list[CameUp] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lessons or self.came_up or self.follow_ups or self.agreed)

    @property
    def asked(self) -> FollowUp | None:
        """The point they are asked about now."""
        rows = [one for one in self.follow_ups if one.state == FollowUp.State.ASKED]
        return rows[0] if rows and not rows[0].is_answered else None

    @property
    def to_say(self) -> list[CameUp]:
        """What came up and opened its card, and they have not said yet how it went."""
        return [one for one in self.came_up if not one.how]

    @property
    def answered(self) -> list[FollowUp]:
        return [one for one in self.follow_ups if one.is_answered]

    @property
    def following(self) -> FollowUp | None:
        """The next point that comes back."""
        waiting = [one for one in self.follow_ups if one.state == FollowUp.State.WAITING]
        return min(waiting, key=lambda one: one.due, default=None)

    @property
    def lets(self) -> list[Agreed]:
        return [one for one in self.agreed if one.by_them and one.stands]

    @property
    def may_tell_for(self) -> list[Agreed]:
        return [one for one in self.agreed if not one.by_them and one.stands]


NO_PLACE: dict[str, Any] = {"has_place": False}


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    mine = Attendance.objects.filter(participation=participation.pk, lesson__taken_back_at=None)
    lately = mine.filter(state=Attendance.State.THERE).order_by("-lesson__taught_on", "-pk")
    points = Point.objects.filter(struck_at=None, lesson__in=lately.values("lesson")[:WITH_POINTS])
    follow_ups = FollowUp.objects.filter(participation=participation.pk)
    came_up = CameUp.objects.standing().filter(participation=participation.pk)
    given = Agreement.objects.filter(participation=participation.pk)
    received = Agreement.objects.filter(colleague=participation.pk)
    return [
        rows_as("lesson", mine.annotate(told=in_one("state", "will")), **LESSON),
        rows_as("point", points, **NO_PLACE, conversation_id="lesson_id", start="position"),
        rows_as("follow-up", follow_ups.annotate(told=in_one(*ASKED)), **FOLLOW_UP),
        rows_as("came up", came_up.annotate(told=in_one(*CAME)), **CAME_UP),
        rows_as("agreed", given, words="colleague__person__name", **AGREED),
        rows_as("agreed with", received, words="participation__person__name", **AGREED),
    ]


LESSON: dict[str, Any] = {
    **NO_PLACE,
    "words": "lesson__title",
    "more": "told",
    "conversation_id": "lesson_id",
    "on": "lesson__taught_on",
    "at": "noted_at",
    "right_at": "will_at",
}
ASKED = ("state", "why", "answer", "lesson__title", "point__words")
FOLLOW_UP: dict[str, Any] = {
    **NO_PLACE,
    "more": "told",
    "conversation_id": "lesson_id",
    "start": "after",
    "end": "point_id",
    "on": "due",
    "at": "state_at",
    "right_at": "asked_at",
    "corrected_at": "answered_at",
}
CAME = ("how", "lesson__title", "point__words")
CAME_UP: dict[str, Any] = {
    **NO_PLACE,
    "more": "told",
    "who": "told_by__person__name",
    "conversation_id": "lesson_id",
    "start": "point_id",
    "end": "told_by_id",
    "on": "lesson__taught_on",
    "at": "at",
    "right_at": "said_at",
}
AGREED: dict[str, Any] = {**NO_PLACE, "at": "given_at", "until": "taken_back_at"}


def read(met: dict[str, list[Row]], here: int) -> dict[str, Any]:
    """The latest first; each lesson with its points and with what came up of it."""
    came_up = [_came_up(row, here) for row in met.get("came up", ())]
    came_up.sort(key=lambda one: (one.at, one.pk), reverse=True)
    true = [one for one in came_up if one.how != CameUp.How.NOT_SO]
    lessons = [_was(row, met.get("point", ()), true) for row in met.get("lesson", ())]
    follow_ups = [_follow_up(row, here) for row in met.get("follow-up", ())]
    agreed = [
        *(_agreed(row, by_them=True) for row in met.get("agreed", ())),
        *(_agreed(row, by_them=False) for row in met.get("agreed with", ())),
    ]
    return {
        "practice": Practice(
            lessons=sorted(lessons, key=lambda one: (one.on, one.pk), reverse=True),
            follow_ups=sorted(follow_ups, key=lambda one: (one.due, one.pk), reverse=True),
            came_up=came_up,
            agreed=sorted(agreed, key=lambda one: (one.at, one.pk), reverse=True),
        )
    }


def _was(row: Row, points: Any, came_up: list[CameUp]) -> Was:
    state, will = row.more.split(APART)
    own = sorted((one for one in points if one.conversation_id == row.conversation_id), key=_place)
    return Was(
        pk=row.pk,
        lesson_pk=row.conversation_id or 0,
        title=row.words,
        on=row.on,
        state=state,
        will=will,
        will_at=row.right_at,
        points=[Point(pk=one.pk, words=one.words, position=one.start or 0) for one in own],
        came_up=[one for one in came_up if one.lesson_id == row.conversation_id],
    )


def _place(row: Row) -> tuple[int, int]:
    return row.start or 0, row.pk


def _follow_up(row: Row, here: int) -> FollowUp:
    state, why, answer, title, point = row.more.split(APART, len(ASKED) - 1)
    return FollowUp(
        pk=row.pk,
        initiative_id=here,
        lesson=Lesson(pk=row.conversation_id, title=title),
        point=Point(pk=row.end, words=point),
        after=row.start or 0,
        due=row.on,
        state=state,
        state_at=row.at,
        why=why,
        asked_at=row.right_at,
        answer=answer,
        words=row.words,
        answered_at=row.corrected_at,
    )


def _came_up(row: Row, here: int) -> CameUp:
    how, title, point = row.more.split(APART, len(CAME) - 1)
    colleague = Participation(pk=row.end, person=Person(name=row.who or "")) if row.end else None
    return CameUp(
        pk=row.pk,
        initiative_id=here,
        lesson=Lesson(pk=row.conversation_id, title=title, taught_on=row.on),
        point=Point(pk=row.start, words=point),
        at=row.at,
        said_at=row.right_at,
        told_by=colleague,
        how=how,
        words=row.words,
    )


def _agreed(row: Row, *, by_them: bool) -> Agreed:
    return Agreed(row.pk, row.words, row.at, row.until, by_them)


HOW_MARKS = {
    CameUp.How.HELPED: "did",
    CameUp.How.NO_HELP: "did",
    CameUp.How.CHOSE_NOT: "fading",
}


def happened(practice: Practice, name: str) -> list[Happening]:
    """Where they were, what came back, what came up, each on its day."""
    return [
        *(_from_lesson(one) for one in practice.lessons if one.state != "unknown"),
        *(one for row in practice.follow_ups for one in _from_follow_up(row, name)),
        *(_from_came_up(one, name) for one in practice.came_up),
    ]


def _from_lesson(one: Was) -> Happening:
    said = {"title": one.title, "state": one.called}
    return Happening(one.on, "heard", _("Lesson “%(title)s”: %(state)s") % said)


def _from_follow_up(row: FollowUp, name: str) -> list[Happening]:
    out = []
    said = {"point": row.point.words}
    if row.asked_at:
        text = _("Asked whether this came up: %(point)s") % said
        out.append(Happening(row.asked_at, "", text))
    if row.answered_at:
        answer = row.get_answer_display() if row.answer else ""
        line = f"“{row.words}”" if row.words else ""
        text = _("Whether it came up: %s") % " ".join(one for one in (answer, line) if one)
        out.append(Happening(row.answered_at, "", text, name))
    return out


def _from_came_up(one: CameUp, name: str) -> Happening:
    said = _("It came up: %(point)s") % {"point": one.point.words}
    how = f" ({one.get_how_display()})" if one.how else ""
    line = f" “{one.words}”" if one.words else ""
    by = name if one.told_by is None else one.told_by.person.name or _("a colleague")
    mark = HOW_MARKS.get(CameUp.How(one.how), "") if one.how else ""
    return Happening(one.at, mark, said + how + line, by)
