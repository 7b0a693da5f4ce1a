"""Looking back on a talk, telling each who was there what was heard, and what they say to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening import queries
from earnest.listening.models import Conversation, Recap
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.standing import actions as standing
from earnest.standing.actions import Fact


class AlreadyToldBack(Exception):
    """This talk is told back once to each who was there."""


@transaction.atomic
def say_problem(
    conversation: Conversation, problem: str, words: str, *, by: User, at: datetime
) -> None:
    """ "Is this the problem?" as they answered it; empty: it was not asked (2.5).

    Raises AskedToStop where they want nothing more written down.
    """
    for one in conversation.people.select_related("person"):
        one.refuse_if_stopped()
    words = words if problem else ""
    Conversation.objects.filter(pk=conversation.pk).update(problem=problem, problem_words=words)
    events.record("problem_said", by=by, at=at, about=conversation)


@transaction.atomic
def look_back(conversation: Conversation, *, by: User, at: datetime) -> bool:
    """What was found is decided, and told back where it is to be. Once; True if now."""
    waiting = Conversation.objects.filter(pk=conversation.pk, looked_back_at=None)
    if not waiting.update(looked_back_at=at):
        return False
    events.record("looked_back", by=by, at=at, about=conversation)
    return True


@transaction.atomic
def tell_back(
    conversation: Conversation, participation: Participation, words: str, *, by: User, at: datetime
) -> Recap:
    """This is what I heard, for one who was there; with the last of them the look back is done.

    What is sent is written by whoever calls (2.15). Where the mail never left, it is told anew.
    Raises AlreadyToldBack, AskedToStop.
    """
    participation.refuse_if_stopped()
    said = {"words": words, "by": by, "sent_at": at}
    recap, new = Recap.objects.get_or_create(
        conversation=conversation, participation=participation, defaults=said
    )
    if not new:
        _tell_anew(recap, said, at=at)
    events.record("told_back", by=by, at=at, about=recap)
    if not _still_to_be_told(conversation):
        look_back(conversation, by=by, at=at)
    return recap


def _tell_anew(recap: Recap, said: dict[str, Any], *, at: datetime) -> None:
    """Its mail never left, and is handed over by nobody from now on. Raises AlreadyToldBack."""
    rows = Recap.objects.select_for_update(of=("self",))
    there = queries.with_their_mail(rows).get(pk=recap.pk)
    if not there.never_left:
        raise AlreadyToldBack
    for message in Message.objects.filter(pk=there.message_id or 0, state=Message.State.FAILED):
        if not messaging.give_up(message, at=at):
            raise AlreadyToldBack
    Recap.objects.filter(pk=recap.pk).update(message_id=None, **said)
    recap.refresh_from_db()


def _still_to_be_told(conversation: Conversation) -> bool:
    told = Recap.objects.filter(conversation=conversation, participation=OuterRef("pk"))
    there = Participation.objects.may_be_asked().filter(conversations=conversation)
    return there.filter(~Exists(told)).exists()


@transaction.atomic
def leaves_by(recap: Recap, message_id: int, *, at: datetime) -> None:
    """The mail it leaves by."""
    Recap.objects.filter(pk=recap.pk).update(message_id=message_id, sent_at=at)


@transaction.atomic
def say_right(recap: Recap, *, at: datetime) -> bool:
    """They say: yes, that is it. Once; True if now."""
    if not Recap.objects.filter(pk=recap.pk, right_at=None).update(right_at=at):
        return False
    events.record("recap_right", at=at, about=recap)
    they_wrote(recap.participation, at=at)
    return True


@transaction.atomic
def correct_recap(recap: Recap, correction: str, *, at: datetime) -> bool:
    """They say what should be different; a lead reads it anew. False when sent twice.

    It works after a stop too: it is their will that speaks.
    """
    before = Recap.objects.exclude(correction=correction).filter(pk=recap.pk)
    changed = before.update(
        correction=correction, corrected_at=at, right_at=None, correction_read_at=None
    )
    if not changed:
        return False
    events.record("recap_corrected", at=at, about=recap)
    contributed(recap.participation, recap.conversation_id, at=at)
    they_wrote(recap.participation, at=at)
    return True


@transaction.atomic
def read_correction(recap: Recap, *, by: User, at: datetime) -> bool:
    """A lead has read what should be different. True if now."""
    unread = Recap.objects.filter(pk=recap.pk, correction_read_at=None).exclude(corrected_at=None)
    if not unread.update(correction_read_at=at):
        return False
    events.record("correction_read", by=by, at=at, about=recap)
    return True


def contributed(participation: Participation, conversation_id: int | None, *, at: datetime) -> None:
    """An input or a correction is a deed: once for each talk, however much of it they mend."""
    source = f"talk {conversation_id}" if conversation_id else "own words"
    if not standing.is_on_record(participation, source, kind="did"):
        fact = Fact("did", 1, source, item="contributed")
        standing.record_evidence(participation, fact, at=at)


def they_wrote(participation: Participation, *, at: datetime) -> None:
    """A contact from them, by their own page: whatever rest they were given is over."""
    messaging.note_contact(participation, direction="they", channel="page", kind="answer", at=at)
