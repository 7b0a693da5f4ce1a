"""An invitation whose days to answer are over: away is not silent (2.1)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction

from earnest.listening import queries
from earnest.listening.actions.answering import (
    AnswerOver,
    Kind,
    State,
    Word,
    become,
    happened,
    hold_anyway,
    source,
    their_day,
)
from earnest.listening.models import Invitation, InvitationEvent
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.people.models import Away
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

LONGEST_AWAY = 366  # days looked ahead; who is away for longer is asked anew one day


@transaction.atomic
def lapse(invitation: Invitation, *, at: datetime) -> bool:
    """No answer came in the days they were there to give one. True if that is so now.

    Were they away in them, they get as many days again after their return, and nothing is
    counted; nor is it where the mail may never have arrived, or where they asked to be left alone.
    """
    try:
        row = hold_anyway(invitation, still=(State.SENT,))
    except AnswerOver:
        return False
    if row.participation.asked_to_stop or not queries.was_delivered(row):
        return False
    word = Word(None, at, by_clock=True)
    _wait_for_return(row, word)
    if their_day(row, at) <= row.answer_by:
        return False
    become(row, State.LAPSED, at=at)
    happened(row, Kind.LAPSED, word)
    if not standing.is_on_record(row.participation, source(row), kind="silent"):
        standing.record_evidence(row.participation, Fact("silent", 0, source(row)), at=at)
    return True


@transaction.atomic
def take_back_unsent(invitation: Invitation, *, at: datetime) -> bool:
    """Its mail never left, and will not: it is withdrawn, so that they can be asked again.

    It says nothing of them, so nothing is counted. True if that is so now.
    """
    try:
        row = hold_anyway(invitation, still=(State.SENT,))
    except AnswerOver:
        return False
    if not queries.never_reached(at=at).filter(pk=row.pk).exists():
        return False
    message = Message.objects.get(pk=row.message_id or 0)
    if message.state == Message.State.FAILED and not messaging.give_up(message, at=at):
        return False
    become(row, State.WITHDRAWN, at=at)
    happened(row, Kind.WITHDRAWN, Word(None, at, by_clock=True), ours=True)
    return True


@transaction.atomic
def reconsider(invitation: Invitation, *, at: datetime) -> bool:
    """They were away, as was noted afterwards: no silence, and days to answer. True if so now."""
    try:
        row = hold_anyway(invitation, still=(State.LAPSED,))
    except AnswerOver:
        return False
    until = last_day(row)
    if until <= row.answer_by or until < their_day(row, at):
        return False
    word = Word(None, at, by_clock=True)
    _wait_for_return(row, word)
    standing.withdraw_evidence(row.participation, source(row), kind="silent", at=at)
    return True


def _wait_for_return(row: Invitation, word: Word) -> None:
    """Give them the days they were not there; it is open to them as before."""
    until = last_day(row)
    if until <= row.answer_by:
        return
    before, after = _midnight(row.answer_by, word.at), _midnight(until, word.at)
    become(row, State.SENT, at=row.state_at, answer_by=until)
    happened(row, Kind.AWAY, word, time_before=before, time_after=after)


def _midnight(day: date, at: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=at.tzinfo)


def last_day(row: Invitation) -> date:
    """The day by which they were there for as many days as they were given, when last asked."""
    begun = row.events.filter(kind__in=(Kind.SENT, Kind.OFFERED)).order_by("at", "pk").last()
    asked = row.initiative.workspace.day(begun.at if begun else row.sent_at or row.state_at)
    given = max(1, (_given_until(row, begun) - asked).days)
    away = list(Away.objects.filter(person=row.participation.person_id, last_day__gt=asked))
    day = asked
    for _n in range(LONGEST_AWAY):
        day += timedelta(days=1)
        given -= not any(one.first_day <= day <= one.last_day for one in away)
        if not given:
            return day
    return day


def _given_until(row: Invitation, begun: InvitationEvent | None) -> date:
    """The day given then, before it was moved for days away."""
    moves = row.events.filter(kind=Kind.AWAY).order_by("at", "pk")
    if begun:
        moves = moves.filter(pk__gt=begun.pk)
    moved = moves.first()
    return moved.time_before.date() if moved and moved.time_before else row.answer_by
