"""What a talk does to what they were asked: who spoke with us was not silent (2.1)."""

from __future__ import annotations

from datetime import date, datetime

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.listening import queries
from earnest.listening.actions.answering import (
    Kind,
    State,
    Word,
    answered,
    become,
    happened,
    hold,
    note_contact,
)
from earnest.listening.actions.meetings import TALK, say_held
from earnest.listening.models import Ask, Conversation, Invitation


def spoke(conversation: Conversation, whom: Participation, *, by: User, at: datetime) -> None:
    """What was open between us is held, or answered; else we spoke, and that ends their rest.

    Inside a caller's transaction. An answer in writing says by itself what it answers.
    """
    if conversation.form == Conversation.Form.WRITTEN:
        return
    known = queries.held_without_notes(whom).update(conversation=conversation)
    open_ones = [one for one in queries.open_to(whom) if _is_answered_by(one, conversation.held_on)]
    for one in open_ones:
        _settle(one, conversation, by=by, at=at)
    if not (known or open_ones):
        note_contact(whom, Word(by, at, TALK, on=conversation.held_on))


def _is_answered_by(row: Invitation, day: date) -> bool:
    """Asked by then; not where a time agreed is still to come, nor where it came too late."""
    day_of = row.initiative.workspace.day
    if day_of(row.sent_at or row.state_at) > day:
        return False
    if row.state == State.ACCEPTED and row.starts_at:
        return day_of(row.starts_at) <= day
    return row.state != State.LAPSED or day <= row.answer_by


def _settle(row: Invitation, conversation: Conversation, *, by: User, at: datetime) -> None:
    if row.ask.form != Ask.Form.WRITTEN:
        say_held(row, True, by=by, at=at, conversation=conversation)
        return
    word = Word(by, at, TALK, on=conversation.held_on)
    held = hold(row, word)
    become(held, State.ANSWERED, at=at, conversation=conversation, reason="")
    happened(held, Kind.ANSWERED, word)
    answered(held, word)
