"""Their answer to an invitation: by their own hand, or noted by a lead as it came (2.1, 2.21).

Every answer can be changed while that makes sense; the same said twice is said once. ``by`` is
None where it is their own hand, on their page or by mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.listening import queries
from earnest.listening.actions.answering import (
    Actor,
    Came,
    Kind,
    State,
    TimeOver,
    Word,
    answered,
    become,
    did,
    happened,
    hold,
    nodded,
    source,
    take,
    unsay,
)
from earnest.listening.actions.meetings import agree, free_their_time
from earnest.listening.actions.talks import Notes, note_conversation
from earnest.listening.models import Ask, Conversation, Invitation, ProposedTime, Referral
from earnest.standing import actions as standing

# What a reasoned no is a no to; with input alone, one merely declines to talk.
DECIDES = (Ask.Kind.GREEN_LIGHT, Ask.Kind.BACKING, Ask.Kind.ACT)
FROM_THEIR_PAGE = Came()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Another time: an hour, words such as "after the holidays", or both."""

    at: datetime | None = None
    words: str = ""


@transaction.atomic
def choose_time(
    invitation: Invitation,
    time: ProposedTime,
    *,
    by: Actor,
    at: datetime,
    came: Came = FROM_THEIR_PAGE,
) -> Invitation:
    """One of the times proposed, taken once; who held another gives it back.

    Raises SlotGone where somebody was quicker, TimeOver, AnswerOver, AskedToStop.
    """
    word = Word(by, at, came.channel, on=came.on)
    row = hold(invitation, word)
    if row.state == State.ACCEPTED and row.time_id == time.pk:
        return row
    take(time, row, at=at)
    return agree(row, time.starts_at, word, time=time)


@transaction.atomic
def agree_on(
    invitation: Invitation, starts_at: datetime, *, by: User, at: datetime, came: Came
) -> Invitation:
    """They said yes to a time that was none of those proposed: noted by a lead."""
    word = Word(by, at, came.channel, on=came.on)
    row = hold(invitation, word)
    if row.state == State.ACCEPTED and row.starts_at == starts_at:
        return row
    if starts_at <= at:
        raise TimeOver
    return agree(row, starts_at, word)


@transaction.atomic
def propose_time(
    invitation: Invitation,
    wanted: Wanted,
    *,
    by: Actor,
    at: datetime,
    came: Came = FROM_THEIR_PAGE,
) -> Invitation:
    """Another time would suit; one agreed before is free again. Raises as choose_time does."""
    word = Word(by, at, came.channel, on=came.on)
    row = hold(invitation, word)
    if row.state == State.PROPOSED and Wanted(row.wanted_at, row.wanted) == wanted:
        return row
    if wanted.at and wanted.at <= at:
        raise TimeOver
    if wanted.at and (free := _free_at(row, wanted.at)):
        return choose_time(row, free, by=by, at=at, came=came)
    before = free_their_time(row, word)
    unsay(row, word)
    new = {"wanted_at": wanted.at, "wanted": wanted.words, "reason": ""}
    become(row, State.PROPOSED, at=at, **new)
    kind = Kind.RESCHEDULED if before else Kind.PROPOSED
    happened(row, kind, word, words=wanted.words, time_before=before, time_after=wanted.at)
    answered(row, word)
    return row


def _free_at(row: Invitation, starts_at: datetime) -> ProposedTime | None:
    """One of our own times, named in their words."""
    return row.ask.times.filter(starts_at=starts_at, taken_at=None).first()


@transaction.atomic
def answer_in_writing(
    invitation: Invitation,
    text: str,
    *,
    by: Actor,
    at: datetime,
    came: Came = FROM_THEIR_PAGE,
) -> Conversation:
    """One line is a full answer: kept as they wrote it, read for what is in it, and heard.

    A time agreed before stays agreed. What came in time, and is noted later, is no silence.
    Raises AnswerOver, AskedToStop.
    """
    word = Word(by, at, came.channel, on=came.on)
    row = hold(invitation, word)
    if twin := _written_before(row, text):
        return twin
    talk = note_conversation(
        row.initiative, _notes(row, text, word, came.source), by=row.ask.by, at=at
    )
    unsay(row, word)
    state = State.ACCEPTED if row.state == State.ACCEPTED else State.ANSWERED
    become(row, state, at=at, conversation=talk, reason="")
    happened(row, Kind.ANSWERED, word)
    answered(row, word)
    did(row, word, "contributed")
    return talk


def _written_before(row: Invitation, text: str) -> Conversation | None:
    """The same words again are the same answer."""
    theirs = row.participation.conversations.filter(form=Conversation.Form.WRITTEN)
    return theirs.filter(notes=text).first()


def _notes(row: Invitation, text: str, word: Word, came_from: str) -> Notes:
    return Notes(
        text,
        word.on or row.initiative.workspace.day(word.at),
        [row.participation],
        source=came_from,
        author=row.participation.person.name,
        form=Conversation.Form.WRITTEN,
        own_hand=word.by_person,
    )


@transaction.atomic
def refer(
    invitation: Invitation,
    name: str,
    why: str,
    *,
    by: Actor,
    at: datetime,
    came: Came = FROM_THEIR_PAGE,
) -> Referral | None:
    """Ask somebody else: followed until spoken to (2.21). Raises AnswerOver, AskedToStop.

    None where whoever is named wants nothing more of it: then nothing is written down of them,
    and nobody is told that they said so.
    """
    word = Word(by, at, came.channel, on=came.on)
    row = hold(invitation, word)
    if twin := _referred_before(row, name, why):
        return twin
    free_their_time(row, word)
    unsay(row, word)
    become(row, State.REFERRED, at=at, reason="")
    happened(row, Kind.REFERRED, word)
    answered(row, word)
    return _refer_to(row, name, why, at=at)


def _referred_before(row: Invitation, name: str, why: str) -> Referral | None:
    if row.state != State.REFERRED:
        return None
    return row.participation.referrals_made.filter(name=name, why=why).first()


def _refer_to(row: Invitation, name: str, why: str, *, at: datetime) -> Referral | None:
    meant = queries.people_named(row.initiative_id, {name}).get(name.strip().lower())
    if meant and meant.asked_to_stop:
        return None
    return Referral.objects.create(
        initiative=row.initiative,
        named_by=row.participation,
        participation=meant,
        name=name,
        why=why,
        at=at,
    )


@transaction.atomic
def decline(
    invitation: Invitation,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
    came: Came = FROM_THEIR_PAGE,
) -> Invitation:
    """No, with a reason or without: welcome either way. Raises AnswerOver, AskedToStop.

    A reasoned no to a green light, backing or an act stands on the ladder with its reason; any
    other is a no to this talk. It is one no, never two.
    """
    word = Word(by, at, came.channel, on=came.on)
    row = hold(invitation, word)
    if (row.state, row.reason) == (State.DECLINED, reason):
        return row
    before = free_their_time(row, word)
    unsay(row, word)
    become(row, State.DECLINED, at=at, reason=reason, wanted_at=None, wanted="")
    happened(row, Kind.DECLINED, word, words=reason, time_before=before)
    answered(row, word)
    _say_no(row, word)
    return row


def _say_no(row: Invitation, word: Word) -> None:
    if not (row.reason and row.ask.kind in DECIDES):
        nodded(row, 0, word)
        return
    standing.withdraw_evidence(row.participation, source(row), kind="nodded", at=word.at)
    standing.note_no(row.participation, row.reason, by=word.by, at=word.at, source=source(row))
