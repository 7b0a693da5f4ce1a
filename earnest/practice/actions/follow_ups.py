"""One point of a lesson brought back at a time: laid, asked within everybody's limits, answered (0.9).

An answer is no evidence: that a point came up is a row of its own (``coming_up``), *no chance yet*
counts neither way, and no answer says nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging import actions as messaging
from earnest.messaging import contacts, limits
from earnest.messaging import queries as mails
from earnest.messaging.models import Message, Suppression
from earnest.practice import emails
from earnest.practice.actions import unsent
from earnest.practice.models import Attendance, FollowUp, FollowUpDay, Lesson
from earnest.practice.queries import follow_ups as queries
from earnest.practice.queries.reading import as_mailed

State, Why = FollowUp.State, FollowUp.Why
WAITS = timedelta(days=14)  # for room, at most, and never until the next one is due
REFUSED = {
    limits.AskedEnough: Why.ENOUGH,
    limits.LeftAlone: Why.REST,
    limits.WantsLess: Why.LESS,
    limits.NeverWrite: Why.NEVER,
}


class AnswerOver(Exception):
    """It was never asked, or the next one was since."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: one tap, or one line, or both."""

    answer: str = ""
    words: str = ""


@transaction.atomic
def change_days(initiative: Initiative, days: Iterable[int], *, by: User, at: datetime) -> bool:
    """From the next lesson on; none at all means that nothing is brought back."""
    wanted = sorted(set(days))
    rows = FollowUpDay.objects.filter(initiative=initiative)
    if wanted == list(rows.values_list("after", flat=True)):
        return False
    rows.exclude(after__in=wanted).delete()
    made = [FollowUpDay(initiative=initiative, after=after) for after in wanted]
    FollowUpDay.objects.bulk_create(made, ignore_conflicts=True)
    events.record("follow_up_days_changed", by=by, at=at, about=initiative)
    return True


def lay(lesson: Lesson, rows: Sequence[Attendance], *, at: datetime) -> None:
    """For whoever was there: the points one after the other, on their days. What is over is not laid."""
    today = lesson.initiative.workspace.day(at)
    points = list(lesson.points.filter(struck_at=None))
    days = list(lesson.initiative.follow_up_days.values_list("after", flat=True))
    _wait_again(lesson, rows, today, at=at)
    laid = [
        FollowUp(
            participation_id=row.participation_id,
            initiative_id=lesson.initiative_id,
            lesson=lesson,
            point=points[place % len(points)],
            after=after,
            due=due,
            lapses_on=lapses,
            state_at=at,
        )
        for place, (after, due, lapses) in enumerate(_dated(lesson.taught_on, days))
        for row in rows
        if points and lapses > today
    ]
    FollowUp.objects.bulk_create(laid, batch_size=500, ignore_conflicts=True)


def _dated(taught_on: date, days: Sequence[int]) -> list[tuple[int, date, date]]:
    """Each with its day, and the day from which on it is not asked any more."""
    nexts = [*days[1:], None]  # after the last one nothing follows
    return [
        (
            after,
            taught_on + timedelta(days=after),
            taught_on + min(timedelta(days=after) + WAITS, timedelta(days=later or after + 99)),
        )
        for after, later in zip(days, nexts, strict=False)
    ]


def _wait_again(lesson: Lesson, rows: Sequence[Attendance], today: date, *, at: datetime) -> None:
    """They were there after all."""
    whose = [row.participation_id for row in rows]
    left = FollowUp.objects.filter(
        lesson=lesson, participation__in=whose, state=State.LEFT, why=Why.NOT_THERE
    )
    left.filter(lapses_on__gt=today).update(state=State.WAITING, why="", state_at=at)


def lay_anew(lesson: Lesson, *, at: datetime) -> None:
    """The lesson was on another day: what waits moves with it."""
    rows = FollowUp.objects.filter(lesson=lesson, state=State.WAITING)
    days = sorted(set(rows.values_list("after", flat=True)))
    for after, due, lapses in _dated(lesson.taught_on, days):
        rows.filter(after=after).update(due=due, lapses_on=lapses, state_at=at)


@transaction.atomic
def ask_due(rows: Sequence[FollowUp], *, at: datetime) -> int:
    """Ask those of them who have room; the others wait, with the reason. How many were asked.

    A fixed number of queries, however many: the limits of asking are read while everybody's row is
    held. Raises AskedToStop where somebody objected in this very moment; then nothing happened.
    """
    people = contacts.lock_people([row.participation for row in rows])
    prefetch_related_objects(list(people.values()), "away")
    for row in rows:
        row.participation.person = people[row.participation.person_id]
    refused = _refusals(rows, at=at)
    for row in rows:
        row.why = refused.get(row.pk, "")
        row.state = State.WAITING if row.why else State.ASKED
        row.state_at = at
        row.asked_at = None if row.why else at
    FollowUp.objects.bulk_update(rows, ["why", "state", "state_at", "asked_at"], batch_size=200)
    asked = [row for row in rows if row.state == State.ASKED]
    _mail(asked, at=at)
    if asked:
        detail: events.Detail = {"count": len(asked)}
        about = asked[0].participation.initiative
        events.record("points_brought_back", at=at, about=about, detail=detail)
    return len(asked)


def _refusals(rows: Sequence[FollowUp], *, at: datetime) -> dict[int, str]:
    """Why not now; whoever is not named here has room."""
    people = {row.participation.person_id: row.participation.person for row in rows}
    times = mails.counted(list(people), at)
    never = mails.suppressed_among(people.values())
    lately = queries.asked_lately(people, at)
    found: dict[int, str] = {}
    for row in rows:
        person = row.participation.person
        if never.get(person.pk) == Suppression.Reason.ASKED:
            found[row.pk] = Why.NEVER
        elif person.pk in lately:  # never two at once
            found[row.pk] = Why.ENOUGH
        elif why := _why_not(row, times.get(person.pk, []), at=at):
            found[row.pk] = why
        lately.add(person.pk)
    return found


def _why_not(row: FollowUp, times: list[datetime], *, at: datetime) -> str:
    person = row.participation.person
    today = row.participation.initiative.workspace.day(at)
    if any(one.first_day <= today <= one.last_day for one in person.away.all()):
        return Why.AWAY
    try:
        mails.refuse_beyond_limits(person, Message.Kind.NUDGE, times, at=at)
    except limits.MayNotWrite as no:
        return REFUSED.get(type(no), Why.ENOUGH)
    return ""


def _mail(rows: Sequence[FollowUp], *, at: datetime) -> None:
    """One mail each, leaving in their own working hours; who has no address sees it on their page."""
    by_zone: dict[str, list[FollowUp]] = {}
    for row in rows:
        if row.participation.person.email:
            zone = mails.zone_of(row.participation.person)
            by_zone.setdefault(zone, []).append(row)
    for zone, several in by_zone.items():
        _lay(several, at=at, leaves_at=limits.working_moment(at, zone))


def _lay(rows: list[FollowUp], *, at: datetime, leaves_at: datetime) -> None:
    by_participation = as_mailed(rows)

    def draft_for(whom: Participation) -> messaging.Draft:
        return emails.brought_back(by_participation[whom.pk])

    whole = [row.participation for row in rows]
    laid = messaging.put_all_in_outbox(whole, draft_for, by=None, at=at, leaves_at=leaves_at)
    for row, message in zip(rows, laid, strict=True):
        row.message_id = message.pk
    FollowUp.objects.bulk_update(rows, ["message_id"], batch_size=200)


@transaction.atomic
def leave(rows: QuerySet[FollowUp], why: str, *, at: datetime) -> int:
    """Not asked: left, with the reason; an empty one leaves that for which it waited."""
    values = {"state": State.LEFT, "state_at": at, **({"why": why} if why else {})}
    left = rows.filter(answered_at=None).exclude(state=State.LEFT).update(**values)
    if left:
        events.record("points_not_brought_back", at=at, detail={"count": left})
    return left


@transaction.atomic
def outrank(whose: Participation, lesson: Lesson, *, at: datetime) -> bool:
    """The moment came: it brought the point back, so the next one waiting is not asked (0.8, 0.9).

    A question that was asked and has no answer is taken back where its mail has not left.
    """
    rows = FollowUp.objects.filter(participation=whose, lesson=lesson, answered_at=None)
    asked = rows.filter(state=State.ASKED)
    unsent.take_back(asked.values_list("message_id", flat=True), by=None, at=at)
    following = rows.filter(state=State.WAITING).order_by("due").first()
    if following is None:
        return False
    return bool(leave(FollowUp.objects.filter(pk=following.pk), Why.MOMENT, at=at))


def take_mails_back(lesson: Lesson, *, by: User | None, at: datetime) -> None:
    """Of a lesson that is none any more: what has not left stays here."""
    asked = FollowUp.objects.filter(lesson=lesson, state=State.ASKED, answered_at=None)
    unsent.take_back(asked.values_list("message_id", flat=True), by=by, at=at)


@transaction.atomic
def answer_follow_up(row: FollowUp, said: Said, *, at: datetime) -> bool:
    """Their own tap or line, changeable until the next one is asked. False where it stood so.

    It works after a stop too: it is their will that speaks. Raises AnswerOver.
    """
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("participation__person")
    there = rows.get(pk=row.pk)
    if not queries.can_be_answered(there):
        raise AnswerOver
    if (there.answer, there.words) == (said.answer, said.words):
        return False
    FollowUp.objects.filter(pk=there.pk).update(
        answer=said.answer, words=said.words, answered_at=at
    )
    unsent.take_back([there.message_id], by=None, at=at)
    events.record("follow_up_answered", at=at, about=there)
    messaging.note_contact(
        there.participation, direction="they", channel="page", kind="answer", at=at
    )
    return True
