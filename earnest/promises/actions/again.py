"""A deed asked about again, and what they answer (4.2).

What becomes evidence follows the table in docs/model.md, and nothing else does:

- *It goes on* is their own word that they keep it: ``did`` 1, item kept.
- *I do it another way* reaches the target their own way, which counts: ``did`` 1, item kept.
- *Not any more* is their own word that what they did is not done: ``did`` 0, item kept; by the rule
  of the ladder they are ◒ then. ``agreed`` 0 with their reason (⊘) only where they tap that it is a
  no for them now: that they stopped is no word about the whole.
- *There was no occasion* says nothing about their will (0.2), so nothing is written; nor is the mark
  "no chance yet" set by it, for that mark would hide a deed. A lead sees the answer.
- No answer is not ``silent``: that row of the table is about a time proposed for a talk. This asks
  how something is, once, like the neutral question after a due day, and past that without a word
  is unknown. Nothing is written.

A lead may note what they answered in a talk. As with promises kept, what a lead notes counts as
theirs only where they can see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.messaging import contacts, limits
from earnest.messaging import queries as mails
from earnest.messaging.models import Message, Suppression
from earnest.promises import emails
from earnest.promises.models import AskedAgain
from earnest.promises.queries import again as queries
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

State, Why, Answer = AskedAgain.State, AskedAgain.Why, AskedAgain.Answer
VALUES = {Answer.GOES_ON: 1, Answer.ANOTHER_WAY: 1, Answer.NOT_ANY_MORE: 0}
REFUSED = {
    limits.AskedEnough: Why.ENOUGH,
    limits.LeftAlone: Why.REST,
    limits.WantsLess: Why.LESS,
    limits.NeverWrite: Why.NEVER,
}


class AnswerOver(Exception):
    """The next question was asked since, or this one never was."""


class TheirsToSay(Exception):
    """They answered themselves, so only they change it."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: one tap, a line if they like, and whether it is a no for them now."""

    answer: str
    words: str = ""
    is_no: bool = False


@transaction.atomic
def ask_again(rows: list[AskedAgain], *, at: datetime) -> int:
    """Ask those of them who have room; the others wait, with the reason. How many were asked.

    ``rows`` are new, or wait already; a fixed number of queries, however many. Nobody is pushed:
    the limits of asking are read while everybody's row is held. Raises AskedToStop where somebody
    objected in this very moment, and then nothing happened.
    """
    people = contacts.lock_people([row.participation for row in rows])
    prefetch_related_objects(list(people.values()), "away")
    for row in rows:
        row.participation.person = people[row.participation.person_id]
    refused = _refusals(rows, at=at)
    for row in rows:
        row.why = refused.get(row.participation_id, "")
        row.state = State.WAITING if row.why else State.ASKED
        row.state_at = at
        row.asked_at = None if row.why else at
    _keep(rows)
    asked = [row for row in rows if row.state == State.ASKED]
    _mail(asked, at=at)
    if asked:
        detail: events.Detail = {"count": len(asked)}
        workspace = asked[0].participation.initiative.workspace_id
        events.record("asked_again", at=at, workspace_id=workspace, detail=detail)
    return len(asked)


def _keep(rows: list[AskedAgain]) -> None:
    new = [row for row in rows if row.pk is None]
    AskedAgain.objects.bulk_create(new, batch_size=500)
    there = [row for row in rows if row not in new]
    columns = ["why", "state", "state_at", "asked_at"]
    AskedAgain.objects.bulk_update(there, columns, batch_size=200)


def _refusals(rows: list[AskedAgain], *, at: datetime) -> dict[int, str]:
    """Why not now, by participation; whoever is not named here has room."""
    people = {row.participation.person_id: row.participation.person for row in rows}
    times = mails.counted(list(people), at)
    never = mails.suppressed_among(people.values())
    lately = queries.asked_lately(people, at)
    found: dict[int, str] = {}
    for row in rows:
        person = row.participation.person
        if person.pk in lately:  # the same person twice in one go has room for one
            found[row.participation_id] = Why.ENOUGH
        elif never.get(person.pk) == Suppression.Reason.ASKED:
            found[row.participation_id] = Why.NEVER
        elif why := _why_not(row, times.get(person.pk, []), at=at):
            found[row.participation_id] = why
        lately.add(person.pk)
    return found


def _why_not(row: AskedAgain, times: list[datetime], *, at: datetime) -> str:
    person = row.participation.person
    today = row.participation.initiative.workspace.day(at)
    if any(one.first_day <= today <= one.last_day for one in person.away.all()):
        return Why.AWAY
    try:
        mails.refuse_beyond_limits(person, Message.Kind.NUDGE, times, at=at)
    except limits.MayNotWrite as no:
        return REFUSED.get(type(no), Why.ENOUGH)
    return ""


def _mail(rows: list[AskedAgain], *, at: datetime) -> None:
    """One mail each, leaving in their own working hours: once for each clock they live by."""
    deeds = queries.deeds_in_words(rows)
    by_zone: dict[str, list[AskedAgain]] = {}
    for row in rows:
        by_zone.setdefault(mails.zone_of(row.participation.person), []).append(row)
    for zone, several in by_zone.items():
        _lay(several, deeds, at=at, leaves_at=limits.working_moment(at, zone))


def _lay(
    rows: list[AskedAgain], deeds: dict[int, str], *, at: datetime, leaves_at: datetime
) -> None:
    by_participation = {row.participation_id: row for row in rows}

    def draft_for(whom: Participation) -> messaging.Draft:
        row = by_participation[whom.pk]
        return emails.how_is_it_now(row, deeds[row.pk])

    whole = [row.participation for row in rows]
    laid = messaging.put_all_in_outbox(whole, draft_for, by=None, at=at, leaves_at=leaves_at)
    for row, message in zip(rows, laid, strict=True):
        row.message_id = message.pk
    AskedAgain.objects.bulk_update(rows, ["message_id"], batch_size=500)


@transaction.atomic
def leave(rows: Iterable[AskedAgain], why: str, *, at: datetime) -> int:
    """Not asked, or the mail never left: left, with the reason. Nothing is pushed after them."""
    keys = [row.pk for row in rows]
    there = AskedAgain.objects.filter(pk__in=keys, answered_at=None).exclude(state=State.LEFT)
    left = there.update(state=State.LEFT, state_at=at, why=why) if why else _leave_as_is(there, at)
    if left:
        events.record("not_asked_again", at=at, detail={"count": left})
    return left


def _leave_as_is(there: QuerySet[AskedAgain], at: datetime) -> int:
    """With the reason for which they waited."""
    return there.update(state=State.LEFT, state_at=at)


@transaction.atomic
def forget_waiting(rows: Iterable[AskedAgain], *, at: datetime) -> None:
    """The deed was taken back, or is another now: who never was asked waits for nothing."""
    keys = [row.pk for row in rows]
    waiting = AskedAgain.objects.filter(pk__in=keys, state=State.WAITING, answered_at=None)
    if gone := waiting.delete()[0]:
        events.record("not_asked_again", at=at, detail={"count": gone})


@transaction.atomic
def answer_again(row: AskedAgain, said: Said, *, at: datetime) -> bool:
    """Their own answer, changeable until the next question. False where it stood so before.

    It works after a stop too: it is their will that speaks. Raises AnswerOver.
    """
    there = _locked(row)
    if not queries.can_be_answered(there):
        raise AnswerOver
    if there.noted_by_id is None and _same(there, said):
        return False
    _answered(there, said, by=None, at=at)
    _say(there, said, at=at)
    messaging.note_contact(
        there.participation, direction="they", channel="page", kind="answer", at=at
    )
    return True


@transaction.atomic
def note_answer(row: AskedAgain, said: Said, *, by: User, at: datetime) -> bool:
    """A lead writes down what they answered in a talk; they can read it, and put it otherwise.

    It becomes evidence where they can see it. Raises AskedToStop, AnswerOver, TheirsToSay.
    """
    there = _locked(row)
    there.participation.refuse_if_stopped()
    if there.by_own_hand:
        raise TheirsToSay
    if not queries.can_be_noted(there):
        raise AnswerOver
    if there.noted_by_id and _same(there, said):
        return False
    _answered(there, said, by=by, at=at)
    if there.participation.can_see:
        _say(there, said, at=at)
    messaging.note_contact(
        there.participation, direction="they", channel="talk", kind="answer", at=at
    )
    return True


def _locked(row: AskedAgain) -> AskedAgain:
    rows = AskedAgain.objects.select_for_update(of=("self",))
    whole = rows.select_related("participation__person", "participation__initiative__workspace")
    return whole.get(pk=row.pk)


def _same(row: AskedAgain, said: Said) -> bool:
    return (row.answer, row.words, row.is_no) == (said.answer, said.words, said.is_no)


def _answered(row: AskedAgain, said: Said, *, by: User | None, at: datetime) -> None:
    """As it stands now; a mail that has not left yet asks for nothing any more."""
    AskedAgain.objects.filter(pk=row.pk).update(
        answer=said.answer,
        words=said.words,
        is_no=said.is_no,
        answered_at=at,
        noted_by=by,
        state=State.ASKED,
        why="",
        asked_at=row.asked_at or at,
    )
    waiting = Message.objects.filter(pk=row.message_id or 0, state=Message.State.WAITING)
    for message in waiting.select_related("participation__person"):
        with suppress(messaging.CannotBeWithdrawn):  # it left this moment
            messaging.withdraw(message, by=by, at=at)
    events.record("answered_again", by=by, at=at, about=row)


def _say(row: AskedAgain, said: Said, *, at: datetime) -> None:
    """Into the record by the table, and out of it again where they answer otherwise."""
    whose, value = row.participation, VALUES.get(Answer(said.answer))
    if value is None:
        standing.withdraw_evidence(whose, row.source, kind="did", at=at)
    else:
        reason = "" if value else said.words
        standing.say_anew(whose, Fact("did", value, row.source, item="kept", reason=reason), at=at)
    if said.is_no:
        standing.say_anew(whose, Fact("agreed", 0, row.source, reason=said.words), at=at)
    else:
        standing.withdraw_evidence(whose, row.source, kind="agreed", at=at)


__all__ = [
    "AnswerOver",
    "Said",
    "TheirsToSay",
    "answer_again",
    "ask_again",
    "forget_waiting",
    "leave",
    "note_answer",
]
