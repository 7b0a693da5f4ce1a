"""The time agreed for a talk: set, moved, called off, held or not; each change goes to calendars.

Reschedules, cancellations and silence are information, not blame (2.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.accounts.queries import mail_is_set_up
from earnest.listening import emails, queries
from earnest.listening.actions.answering import (
    PAGE,
    Actor,
    Kind,
    NotAgreed,
    State,
    TimeOver,
    Word,
    answered,
    become,
    did,
    give_back,
    happened,
    hold,
    hold_anyway,
    nodded,
    note_contact,
    source,
    unsay,
    was_in_calendars,
)
from earnest.listening.jobs import tell_lead
from earnest.listening.models import (
    Conversation,
    Invitation,
    InvitationEvent,
    ProposedTime,
)
from earnest.messaging import actions as messaging
from earnest.messaging.limits import ANSWER_DAYS
from earnest.messaging.models import Contact
from earnest.standing import actions as standing

TALK = Contact.Channel.TALK


def agree(
    row: Invitation, starts_at: datetime, word: Word, *, time: ProposedTime | None = None
) -> Invitation:
    """Their yes to a time: it is set, whatever was before is free, and calendars learn of it.

    Inside a caller's transaction, on a row that is held.
    """
    unsay(row, word)
    event = _set_time(row, starts_at, word, time=time)
    answered(row, word)
    nodded(row, 1, word)
    _confirm(row, event, at=word.at)
    return row


def _set_time(
    row: Invitation,
    starts_at: datetime,
    word: Word,
    *,
    time: ProposedTime | None = None,
    ours: bool = False,
) -> InvitationEvent:
    before = row.starts_at if row.state == State.ACCEPTED else None
    give_back(row, at=word.at)
    become(
        row,
        State.ACCEPTED,
        at=word.at,
        time=time,
        starts_at=starts_at,
        sequence=row.sequence + was_in_calendars(row),
        **NO_LONGER,
    )
    kind = Kind.RESCHEDULED if before else Kind.ACCEPTED
    return happened(row, kind, word, time_before=before, time_after=starts_at, ours=ours)


# What they had said before, and what stands in the history from now on.
NO_LONGER = {"wanted_at": None, "wanted": "", "reason": ""}


@transaction.atomic
def accept_proposed(
    invitation: Invitation, *, by: User, at: datetime, starts_at: datetime | None = None
) -> Invitation:
    """The time they proposed suits; where they gave words, ``starts_at`` is how we read them.

    Raises TimeOver, NotAgreed where they proposed nothing, AnswerOver, AskedToStop.
    """
    word = Word(by, at)
    row = hold(invitation, word)
    new = starts_at or row.wanted_at
    if row.state == State.ACCEPTED and new in {None, row.starts_at}:
        return row
    if row.state != State.PROPOSED or new is None:
        raise NotAgreed
    if new <= at:
        raise TimeOver
    event = _set_time(row, new, word, ours=new != row.wanted_at)
    nodded(row, 1, word)
    _confirm(row, event, at=at)
    return row


@transaction.atomic
def move_ourselves(
    invitation: Invitation, starts_at: datetime, *, by: User, at: datetime
) -> Invitation:
    """We have to move what was agreed; it says nothing of them. Raises as choose_time does."""
    word = Word(by, at)
    row = hold(invitation, word, still=(State.ACCEPTED,))
    if row.starts_at == starts_at:
        return row
    if starts_at <= at:
        raise TimeOver
    _confirm(row, _set_time(row, starts_at, word, ours=True), at=at)
    return row


@transaction.atomic
def offer_times(
    invitation: Invitation, times: Sequence[datetime], *, by: User, at: datetime
) -> Invitation:
    """Their time does not suit us: other times are offered, with as many days to answer.

    An answer where they themselves proposed a time or called it off; otherwise asked anew, within
    the limits. Raises AnswerOver where nothing was proposed or called off, and MayNotWrite.
    """
    word = Word(by, at)
    row = hold(invitation, word, still=(State.PROPOSED, State.CANCELLED))
    asks_anew = not queries.spoke_last(row)
    if any(one <= at for one in times):
        raise TimeOver
    for starts_at in times:
        ProposedTime.objects.get_or_create(ask=row.ask, starts_at=starts_at)
    until = row.initiative.workspace.day(at) + timedelta(days=ANSWER_DAYS)
    become(row, State.SENT, at=at, answer_by=max(row.answer_by, until), **NO_LONGER)
    happened(row, Kind.OFFERED, word, ours=True)
    draft = emails.other_times(row, queries.free_times(row, at=at), asks_anew=asks_anew)
    messaging.put_in_outbox(row.participation, draft, by=by, at=at)
    return row


@transaction.atomic
def call_off(
    invitation: Invitation,
    *,
    by: Actor,
    at: datetime,
    channel: str = PAGE,
    reason: str = "",
    ours: bool = False,
) -> Invitation:
    """What was agreed does not take place: they said so, or we (``ours``). No evidence of anything.

    May be said after a stop, too, without a word why. Raises NotAgreed.
    """
    word = Word(by, at, channel)
    row = hold_anyway(invitation)
    if row.state == State.CANCELLED:
        return row
    if row.state != State.ACCEPTED:
        raise NotAgreed
    words = "" if row.participation.asked_to_stop else reason
    before = free_their_time(row, word)
    become(row, State.CANCELLED, at=at, reason="" if ours else words)
    happened(row, Kind.CANCELLED, word, words=words, time_before=before, ours=ours)
    if not ours:  # the yes to that hour is taken back with it, by their own word
        note_contact(row.participation, word)
        standing.withdraw_evidence(row.participation, source(row), kind="nodded", at=at)
    return row


def free_their_time(row: Invitation, word: Word) -> datetime | None:
    """The time agreed is free again and out of calendars. Returns it; None where none was agreed."""
    if row.state != State.ACCEPTED or row.starts_at is None:
        return None
    before = row.starts_at
    give_back(row, at=word.at)
    row.sequence += 1
    row.time, row.starts_at = None, None
    row.save(update_fields=["time", "starts_at", "sequence"])
    _send(row, emails.called_off(row, before, at=word.at), at=word.at)
    _tell_lead(row, before, at=word.at)
    return before


def _confirm(row: Invitation, event: InvitationEvent, *, at: datetime) -> None:
    """What was agreed, to both, with a file for their calendars."""
    starts_at, moved = row.starts_at or at, event.time_before is not None
    _send(row, emails.agreed(row, starts_at, moved=moved, at=at), at=at)
    _tell_lead(row, starts_at, at=at)


def _send(row: Invitation, draft: messaging.Draft, *, at: datetime) -> None:
    """Where there is no address it stands on their page, with the file to download."""
    if row.participation.person.email:
        messaging.put_in_outbox(row.participation, draft, by=row.ask.by, at=at)


def _tell_lead(row: Invitation, starts_at: datetime, *, at: datetime) -> None:
    """It stands on the row until they were told: a mail server that is away loses nothing."""
    if mail_is_set_up() and not row.initiative.is_example:
        owed = {"lead_owed": starts_at, "lead_next_try": at, "lead_tries": 0}
        Invitation.objects.filter(pk=row.pk).update(**owed)
        tell_lead.enqueue(row.pk)


@transaction.atomic
def say_held(
    invitation: Invitation,
    came: bool,
    *,
    by: Actor,
    at: datetime,
    conversation: Conversation | None = None,
) -> Invitation:
    """It took place, or not: a deed of theirs only where they had said yes to that time.

    With a conversation it was held on its day, which may be another than the one agreed.
    A talk may be held without any time agreed; then they were heard, and that is all. Said
    otherwise later, the record names what it takes back. Raises NotAgreed, TimeOver, AskedToStop.
    """
    word = Word(by, at, TALK, on=conversation.held_on if conversation else None)
    row = hold(invitation, word, still=(*Invitation.ANSWERABLE, State.HELD, State.NOT_HELD))
    if row.state == (State.HELD if came else State.NOT_HELD):
        return _with_notes(row, conversation)
    if not came:
        _refuse_too_early(row, at=at)
    become(row, State.HELD if came else State.NOT_HELD, at=at)
    happened(row, Kind.CAME if came else Kind.DID_NOT_COME, word)
    if _had_agreed(row, word.on):
        did(row, word, "attended", int(came))
    if came:
        answered(row, word)
        standing.note_heard(row.participation, at=at)
    return _with_notes(row, conversation)


def _with_notes(row: Invitation, conversation: Conversation | None) -> Invitation:
    if conversation and row.conversation_id != conversation.pk:
        Invitation.objects.filter(pk=row.pk).update(conversation=conversation)
        row.conversation = conversation
    return row


def _refuse_too_early(row: Invitation, *, at: datetime) -> None:
    """Only what was agreed can fail to take place, and not before its hour."""
    if row.starts_at is None:
        raise NotAgreed
    if row.starts_at > at:
        raise TimeOver


def _had_agreed(row: Invitation, on: date | None) -> bool:
    """Whether the time that stands is one they said yes to, not one we set; and of that day."""
    if row.starts_at is None or (on and on != row.initiative.workspace.day(row.starts_at)):
        return False
    set_by = row.events.filter(time_after=row.starts_at, kind__in=(Kind.ACCEPTED, Kind.RESCHEDULED))
    last = set_by.order_by("-at", "-pk").first()
    return last is not None and not last.ours
