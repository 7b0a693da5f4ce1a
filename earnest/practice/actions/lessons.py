"""Lessons: recorded, mended, taken back; who was there, and who said they would come.

By the table in docs/model.md, coming or not coming is a deed only of who had accepted by their own
tap before it: ``did`` 1 or 0, attended. Whoever else was there, or was not, is noted, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging import actions as messaging
from earnest.practice.actions import follow_ups, moments, unsent
from earnest.practice.actions.counting import counted
from earnest.practice.models import (
    DAYS,
    Attendance,
    CameUp,
    FollowUp,
    FollowUpDay,
    Lesson,
    LessonLink,
    Point,
)
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

State, Will = Attendance.State, Attendance.Will


class CameUpAlready(Exception):
    """It came up for somebody: what they said of it stands."""


class NotTaughtYet(Exception):
    """Who was there is noted once it was taught."""


class LessonOver(Exception):
    """It was taught, or taken back: nobody says any more whether they will come, or came."""


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson as typed. Of a known lesson each place among the points stays that point's."""

    title: str
    taught_on: date
    points: tuple[str, ...]
    taught_by: str = ""
    place: str = ""
    links: tuple[tuple[str, str], ...] = ()  # what it is, and the address


WRITTEN = ("title", "taught_on", "taught_by", "place")


@transaction.atomic
def record_lesson(initiative: Initiative, draft: LessonDraft, *, by: User, at: datetime) -> Lesson:
    """With the first one of an initiative the days of its follow-ups are laid."""
    if not initiative.lessons.exists():
        days = [FollowUpDay(initiative=initiative, after=after) for after in DAYS]
        FollowUpDay.objects.bulk_create(days, ignore_conflicts=True)
    lesson = Lesson(initiative=initiative, made_by=by, made_at=at, changed_at=at)
    _write(lesson, draft)
    lesson.save(force_insert=True)
    _write_points(lesson, draft.points, at=at)
    _write_links(lesson, draft)
    events.record("lesson_recorded", by=by, at=at, about=lesson)
    return lesson


@transaction.atomic
def mend_lesson(lesson: Lesson, draft: LessonDraft, *, by: User, at: datetime) -> None:
    """As it stands now, for everybody it concerns. A point left empty is left out from now on.

    Moved to another day, what is still to be asked moves with it, and who had accepted accepted
    another day: they are asked anew. Raises NotTaughtYet where it would lie ahead and it was noted
    who was there.
    """
    there = Lesson.objects.select_for_update().get(pk=lesson.pk)
    moved = there.taught_on != draft.taught_on
    noted = there.attendances.exclude(state=State.UNKNOWN)
    if moved and draft.taught_on > lesson.initiative.workspace.day(at) and noted.exists():
        raise NotTaughtYet
    _write(there, draft)
    there.changed_at = at
    there.save(update_fields=[*WRITTEN, "changed_at"])
    _write_points(there, draft.points, at=at)
    there.links.all().delete()
    _write_links(there, draft)
    if moved:
        asked = there.attendances.filter(state=State.UNKNOWN)
        unsent.take_invitations_back(asked, by=by, at=at)
        asked.update(will="", will_at=None, message_id=None)
        follow_ups.lay_anew(there, at=at)
    events.record("lesson_mended", by=by, at=at, about=there)


def _write(lesson: Lesson, draft: LessonDraft) -> None:
    for name in WRITTEN:
        setattr(lesson, name, getattr(draft, name))


def _write_points(lesson: Lesson, words: tuple[str, ...], *, at: datetime) -> None:
    known = {one.position: one for one in lesson.points.filter(struck_at=None)}
    for position, said in enumerate(words):
        point = known.get(position)
        if point is None and said:
            Point.objects.create(lesson=lesson, position=position, words=said)
        elif point and not said:
            Point.objects.filter(pk=point.pk).update(struck_at=at)
        elif point and point.words != said:
            Point.objects.filter(pk=point.pk).update(words=said)


def _write_links(lesson: Lesson, draft: LessonDraft) -> None:
    links = [LessonLink(lesson=lesson, label=label, address=where) for label, where in draft.links]
    LessonLink.objects.bulk_create(links)


@transaction.atomic
def take_lesson_back(lesson: Lesson, *, by: User, at: datetime) -> bool:
    """It was none, or not so: nobody is asked about it, no moment of it is watched for, and no deed
    stands on it. False if done.

    Raises CameUpAlready where it came up for somebody: their words stand.
    """
    if CameUp.objects.true().filter(lesson=lesson).exists():
        raise CameUpAlready
    if not Lesson.objects.standing().filter(pk=lesson.pk).update(taken_back_at=at):
        return False
    waiting = FollowUp.objects.filter(lesson=lesson, state=FollowUp.State.WAITING)
    follow_ups.leave(waiting, FollowUp.Why.TAKEN_BACK, at=at)
    follow_ups.take_mails_back(lesson, by=by, at=at)
    moments.stop_moments_of(lesson, by=by, at=at)
    accepted = lesson.attendances.filter(will=Will.COME).exclude(state=State.UNKNOWN)
    for row in accepted.select_related("participation"):
        _withdraw(row, at=at)
    unsent.take_invitations_back(lesson.attendances.all(), by=by, at=at)
    lesson.attendances.all().delete()  # nobody was at a lesson that was none
    events.record("lesson_taken_back", by=by, at=at, about=lesson)
    return True


@transaction.atomic
def note_who_was_there(
    lesson: Lesson, states: Mapping[Participation, str], *, by: User, at: datetime
) -> int:
    """There, not there, not noted; of a lesson ahead *not noted* is: asked to come, and empty: not
    asked. Returns how many were noted anew.

    Whoever asked to be left alone is passed over: nothing new is written down about them. Raises
    NotTaughtYet, and LessonOver of a lesson that was taken back.
    """
    lesson = _held(lesson)
    ahead = lesson.is_ahead(lesson.initiative.workspace.day(at))
    known = {row.participation_id: row for row in _locked(lesson, states)}
    wanted = {one: state for one, state in states.items() if state or one.pk in known}
    changed: list[Attendance] = []
    for whom in _whom_we_may_note(lesson, wanted):
        row = known.get(whom.pk) or Attendance(participation=whom, state="")
        state = wanted[whom]
        if row.state == state or (row._state.adding and state == State.UNKNOWN and not ahead):
            continue
        if ahead and state not in {"", State.UNKNOWN}:
            raise NotTaughtYet
        row.state, row.noted_at, row.participation, row.lesson = state, at, whom, lesson
        changed.append(row)
    with counted(lesson.pk, [row.participation_id for row in changed]):
        _keep(changed, by=by, at=at)
    _follow(lesson, changed, at=at)
    if changed:
        detail: events.Detail = {"count": len(changed)}
        events.record("attendance_noted", by=by, at=at, about=lesson, detail=detail)
    return len(changed)


def _held(lesson: Lesson) -> Lesson:
    """As it is now: of two who note at once, the second finds what was noted. Raises LessonOver."""
    rows = Lesson.objects.standing().select_related("initiative__workspace")
    there = rows.select_for_update(of=("self",)).filter(pk=lesson.pk).first()
    if there is None:
        raise LessonOver
    return there


def _whom_we_may_note(lesson: Lesson, wanted: Mapping[Participation, str]) -> list[Participation]:
    may = set(
        Participation.objects.may_be_asked()
        .filter(pk__in=[one.pk for one in wanted], initiative=lesson.initiative_id)
        .values_list("pk", flat=True)
    )
    return [one for one in wanted if one.pk in may]


def _locked(lesson: Lesson, states: Mapping[Participation, str]) -> list[Attendance]:
    keys = [one.pk for one in states]
    rows = lesson.attendances.filter(participation__in=keys)
    return list(rows.select_for_update(of=("self",)))


def _keep(rows: list[Attendance], *, by: User, at: datetime) -> None:
    """Whoever is not asked any more, and never said a word about it, has no row."""
    gone = [row for row in rows if not row.state and not row.will]
    dropped = Attendance.objects.filter(pk__in=[row.pk for row in gone if row.pk])
    unsent.take_invitations_back(dropped, by=by, at=at)
    dropped.delete()
    kept = [row for row in rows if row.state]
    there = [row for row in kept if not row._state.adding]
    Attendance.objects.bulk_create([row for row in kept if row._state.adding], batch_size=500)
    Attendance.objects.bulk_update(there, ["state", "noted_at"], batch_size=200)


def _follow(lesson: Lesson, rows: list[Attendance], *, at: datetime) -> None:
    """What follows: follow-ups for who was there, and a deed of who had accepted."""
    follow_ups.lay(lesson, [row for row in rows if row.state == State.THERE], at=at)
    gone = [row.participation_id for row in rows if row.state != State.THERE]
    waiting = FollowUp.objects.filter(
        lesson=lesson, participation__in=gone, state=FollowUp.State.WAITING
    )
    follow_ups.leave(waiting, FollowUp.Why.NOT_THERE, at=at)
    for row in rows:
        if row.will == Will.COME:
            _say(row, at=at)


def _say(row: Attendance, *, at: datetime) -> None:
    if row.state == State.UNKNOWN:
        _withdraw(row, at=at)
    else:
        fact = Fact("did", int(row.state == State.THERE), row.source, item="attended")
        standing.say_anew(row.participation, fact, at=at)


def _withdraw(row: Attendance, *, at: datetime) -> None:
    standing.withdraw_evidence(row.participation, row.source, kind="did", at=at, item="attended")


@transaction.atomic
def say_will(whose: Participation, lesson: Lesson, will: str, *, at: datetime) -> bool:
    """Their own tap before it: they will come, or not; changeable until it begins.

    It works after a stop too: it is their will that speaks. Raises LessonOver.
    """
    if lesson.taken_back_at or not lesson.is_ahead(lesson.initiative.workspace.day(at)):
        raise LessonOver
    rows = Attendance.objects.filter(participation=whose, lesson=lesson, state=State.UNKNOWN)
    if not rows.exclude(will=will).update(will=Will(will), will_at=at):
        return False
    unsent.take_invitations_back(rows, by=None, at=at)
    events.record("said_whether_they_come", at=at, about=lesson)
    messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    return True
