"""What a person writes on their own page, in their own hand: nobody has to take it from notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening import naming
from earnest.listening.actions import struck
from earnest.listening.actions.recaps import contributed, they_wrote
from earnest.listening.models import (
    Conversation,
    Finding,
    NeedNamed,
    Question,
    Quote,
    Referral,
    Seen,
)
from earnest.listening.naming import Span
from earnest.standing import actions as standing

BY_THEIR_PAGE = "their page"
A_MINUTE = timedelta(minutes=1)


@transaction.atomic
def write_in_own_hand(
    participation: Participation, text: str, *, on: date, at: datetime
) -> Conversation:
    """Keep what they wrote: lines that end with "?" are questions owed, the rest their words.

    It is theirs to write after a stop too: the stop stays. Sent twice in a minute is once.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    if twin := _twin(participation, text, at=at):
        return twin
    talk = Conversation.objects.create(
        initiative_id=participation.initiative_id,
        by=participation.held_by,  # whom it was written to
        held_on=on,
        form=Conversation.Form.WRITTEN,
        notes=text,
        source=BY_THEIR_PAGE,
        noted_at=at,
        looked_back_at=at,  # the words are their own: there is nothing to tell back
    )
    talk.people.add(participation)
    lines = list(lines_of(text))
    for span, asks in lines:
        _keep(talk, participation, span, asks=asks)
    standing.note_heard(participation, at=at)
    events.record("written_in_own_hand", at=at, about=talk)
    if not all(asks for _span, asks in lines):  # to ask is no input yet
        contributed(participation, talk.pk, at=at)
    they_wrote(participation, at=at)
    return talk


def _twin(participation: Participation, text: str, *, at: datetime) -> Conversation | None:
    same = participation.conversations.filter(form=Conversation.Form.WRITTEN, notes=text)
    return same.filter(noted_at__gt=at - A_MINUTE, noted_at__lte=at).first()


def lines_of(text: str) -> Iterator[tuple[Span, bool]]:
    """Each line that asks something, and the stretches of lines between them."""
    begun: int | None = None
    end = at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        start = at + len(line) - len(line.lstrip())
        if begun is not None and (not words or words.endswith("?")):
            yield (begun, end), False
            begun = None
        if words.endswith("?"):
            yield (start, start + len(words)), True
        elif words:
            begun = start if begun is None else begun
            end = start + len(words)
        at += len(line)
    if begun is not None:
        yield (begun, end), False


def _keep(talk: Conversation, participation: Participation, span: Span, *, asks: bool) -> None:
    start, end = span
    taken = {
        "initiative_id": talk.initiative_id,
        "participation": participation,
        "conversation": talk,
        "words": talk.notes[start:end],
        "start": start,
        "end": end,
    }
    if asks:
        Question.objects.create(**taken, asked_on=talk.held_on)
    else:
        Quote.objects.create(**taken, said_on=talk.held_on, own_hand=True)


@transaction.atomic
def read_written(conversation: Conversation, *, by: User, at: datetime) -> bool:
    """A lead has read what they wrote. Once; True if now."""
    unread = Conversation.objects.filter(
        pk=conversation.pk, form=Conversation.Form.WRITTEN, read_at=None
    )
    if not unread.update(read_at=at):
        return False
    events.record("written_read", by=by, at=at, about=conversation)
    return True


@transaction.atomic
def rewrite(conversation: Conversation, words: str, *, at: datetime) -> str:
    """What they wrote, as they mean it; empty: taken back. Returns the words as they were.

    What was found in it is no more; what was taken from it stays, pointing nowhere.
    """
    rows = Conversation.objects.select_for_update().filter(form=Conversation.Form.WRITTEN)
    talk = rows.get(pk=conversation.pk)
    struck.remember(talk.pk, [talk.notes], struck=not words, at=at)
    found = Finding.objects.filter(conversation=talk)
    events.cut_pointers({"finding": list(found.values_list("pk", flat=True))})
    found.delete()
    for model in (Quote, NeedNamed, Question, Referral, Seen):
        model._default_manager.filter(conversation=talk).update(start=None, end=None)
    Conversation.objects.filter(pk=talk.pk).update(notes=words or naming.STRUCK)
    return talk.notes
