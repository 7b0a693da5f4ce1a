"""Stepping back: to understand why somebody does not commit, and what we change by it (3.16).

The reason is a quote of theirs, by its pointer: what they do with their words is obeyed here at
once. It is a no on the ladder (``agreed`` 0, docs/model.md) only where they said so. Opening one,
and whatever we change by it, is our doing, and no evidence about them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening import emails
from earnest.listening.models import Conversation, Quote, StepBack
from earnest.listening.queries import stepping as queries
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

WORDS_LENGTH = 500


class StepBackOver(Exception):
    """What it changed was told, so it stands as it is."""


class NotWritten(Exception):
    """There is nothing to tell yet: what it changed is to be written first."""


class NotTheirWords(Exception):
    """The quote is somebody else's, or was taken back."""


@transaction.atomic
def step_back(participation: Participation, occasion: str, *, by: User, at: datetime) -> StepBack:
    """Open one; where one is open, that one. Raises AskedToStop."""
    Participation.objects.select_for_update().get(pk=participation.pk)
    participation.refuse_if_stopped()
    if there := queries.open_with(participation):
        return there
    made = StepBack.objects.create(
        participation=participation,
        initiative_id=participation.initiative_id,
        occasion=occasion,
        by=by,
        opened_at=at,
    )
    events.record("stepped_back", by=by, at=at, about=made)
    return made


def talked_over(conversation: Conversation, whom: Participation, *, by: User, at: datetime) -> None:
    """The first talk with them alone since it was opened is the one it is talked over in.

    Inside a caller's transaction. What they write is theirs to point to: the ask it answers.
    """
    if conversation.form != Conversation.Form.ONE_TO_ONE:
        return
    there = queries.open_with(whom)
    if there is None or there.conversation_id:
        return
    if there.initiative.workspace.day(there.opened_at) <= conversation.held_on:
        StepBack.objects.filter(pk=there.pk).update(conversation=conversation)
        events.record("step_back_talked_over", by=by, at=at, about=there)


@transaction.atomic
def keep_reason(
    row: StepBack,
    quote: Quote | None,
    words: str = "",
    *,
    is_no: bool = False,
    by: User,
    at: datetime,
) -> None:
    """Why, in their words: a quote of theirs, or one written down now, verbatim.

    ``is_no``: it is a no for now, with this reason; else nothing on the ladder changes by it.
    Raises AskedToStop, NotTheirWords, StepBackOver.
    """
    there = _locked(row)
    whose = there.participation
    whose.refuse_if_stopped()
    if quote is None:
        quote = _write_down(there, words, at=at)
    elif quote.participation_id != whose.pk or quote.erased_at:
        raise NotTheirWords
    if there.quote_id and there.quote_id != quote.pk:  # what is the reason no more follows nobody
        standing.reword(whose, there.source, "", at=at)
    StepBack.objects.filter(pk=there.pk).update(quote=quote, is_no=is_no, reason_at=at)
    if is_no:
        standing.note_heard(whose, at=at)
        no = Fact("agreed", 0, there.source, reason=quote.words[:300])
        standing.say_anew(whose, no, at=at)
    else:
        standing.withdraw_evidence(whose, there.source, kind="agreed", at=at)
    events.record("step_back_reason", by=by, at=at, about=there)


def _write_down(row: StepBack, words: str, *, at: datetime) -> Quote:
    """Theirs to mend and to strike from now on, as every quote; written twice, it is one."""
    talk = row.talk
    whose: dict[str, Any] = {"participation": row.participation, "words": words, "erased_at": None}
    if same := Quote.objects.filter(**whose).first():
        return same
    return Quote.objects.create(
        initiative_id=row.initiative_id,
        participation=row.participation,
        conversation=talk,
        words=words,
        said_on=talk.held_on if talk else row.initiative.workspace.day(at),
    )


@transaction.atomic
def write_outcome(row: StepBack, outcome: str, words: str, *, by: User, at: datetime) -> bool:
    """What we change by it, or why nothing. False where it stood so. Raises AskedToStop,
    StepBackOver once it was told."""
    there = _locked(row)
    there.participation.refuse_if_stopped()
    if (there.outcome, there.words) == (outcome, words):
        return False
    StepBack.objects.filter(pk=there.pk).update(
        outcome=outcome, words=words[:WORDS_LENGTH], outcome_by=by, outcome_at=at
    )
    events.record("step_back_outcome", by=by, at=at, about=there)
    return True


@transaction.atomic
def tell_outcome(row: StepBack, *, by: User, at: datetime) -> Message:
    """Told what it changed: a reply, which counts for no limit; told twice is once.

    Raises NotWritten, StepBackOver, AskedToStop, MayNotWrite.
    """
    there = _locked(row)
    if there.outcome_at is None:
        raise NotWritten
    draft = emails.what_it_changed(there, by=by)
    message = messaging.put_in_outbox(there.participation, draft, by=by, at=at)
    StepBack.objects.filter(pk=there.pk).update(told_at=at, message_id=message.pk)
    events.record("step_back_told", by=by, at=at, about=there)
    return message


@transaction.atomic
def drop_step_back(row: StepBack, *, by: User, at: datetime) -> bool:
    """Opened by mistake: gone, as long as nobody was asked and nothing was said under it."""
    untouched = StepBack.objects.filter(
        pk=row.pk, invitation=None, conversation=None, quote=None, outcome_at=None
    )
    if not untouched.exists():
        return False
    events.record("step_back_dropped", by=by, at=at, about=row)
    events.cut_pointers({"stepback": [row.pk]})
    untouched.delete()
    return True


def reason_changed(quote: Quote, words: str, within: Callable[[str], str], *, at: datetime) -> None:
    """They mended the reason, or took it back (no words): the ladder and our line follow at once."""
    rows = StepBack.objects.filter(quote=quote.pk).select_related("participation")
    for row in rows:
        standing.reword(row.participation, row.source, words, at=at)
    for row in StepBack.objects.filter(participation=quote.participation_id).exclude(words=""):
        StepBack.objects.filter(pk=row.pk).update(words=within(row.words)[:WORDS_LENGTH])


def _locked(row: StepBack) -> StepBack:
    """As it is now, until it was told. Raises StepBackOver."""
    rows = StepBack.objects.select_for_update(of=("self",))
    there = rows.select_related(*queries.WHOLE).get(pk=row.pk)
    if there.told_at:
        raise StepBackOver
    return there
