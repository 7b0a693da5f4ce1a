"""A round ends: what may be shown is published once, the rest is gone; then its leads answer."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from earnest.accounts.models import User
from earnest.checkins import queries
from earnest.checkins.models import HOLDS_ANSWER, AnswerSlot, Line, Round
from earnest.core import events
from earnest.engine.groups import FEWEST
from earnest.messaging import actions as messaging
from earnest.messaging.actions import CannotBeWithdrawn
from earnest.messaging.models import Message


@transaction.atomic
def close_round(round_: Round, *, at: datetime) -> bool:
    """Publish, once: what may be shown of it, and no row of any answer without a name after that.

    False where it was closed before.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("initiative__workspace")
    there = rows.get(pk=round_.pk)
    if not there.is_open:
        return False
    found = _published_unnamed(there) if there.is_anonymous else _published_named(there)
    Round.objects.filter(pk=there.pk).update(closed_at=at, **found)
    _take_waiting_mail_back(there, at=at)
    events.record("check_in_closed", at=at, about=there.initiative, detail={"check_in": there.pk})
    return True


@transaction.atomic
def end_unpublished(round_: Round, *, at: datetime) -> bool:
    """It ends without results, and no answer without a name is kept. False where it was closed.

    After a restore: its results may have been published since the backup, and two results of one
    round, one taken from the other, could tell who said what (privacy.md 7).
    """
    there = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if not there.is_open:
        return False
    AnswerSlot.objects.filter(round=there).delete()
    Round.objects.filter(pk=there.pk).update(closed_at=at, results={}, answer_count=None)
    _take_waiting_mail_back(there, at=at)
    detail: events.Detail = {"check_in": there.pk}
    events.record("check_in_ended_unpublished", at=at, about=there.initiative, detail=detail)
    return True


def _published_unnamed(there: Round) -> dict[str, Any]:
    """Five or more answers: figures, and the lines in an order of chance. Fewer: nothing at all.

    Empty places are held too: who answers this moment is counted, or told that it is over.
    """
    held = list(there.slots.select_for_update().order_by("key"))
    slots = [one for one in held if one.state in HOLDS_ANSWER]
    if len(slots) >= FEWEST:
        lines = [Line(round=there, words=one.line) for one in slots if one.line]
        secrets.SystemRandom().shuffle(lines)
        Line.objects.bulk_create(lines)
    AnswerSlot.objects.filter(round=there).delete()
    count = len(slots) if len(slots) >= FEWEST else None
    return {"results": queries.may_be_published(slots), "answer_count": count}


def _published_named(there: Round) -> dict[str, Any]:
    """For whoever is no lead: the same rules, over the people who answered."""
    answers = list(there.named.all())
    people = frozenset(one.participation_id for one in answers)
    shown = queries.may_be_published(answers)
    if not queries.shown_together(there, people):
        shown = {}
    return {"results": shown, "answer_count": len(answers)}


def _take_waiting_mail_back(there: Round, *, at: datetime) -> None:
    """What has not left by now would only tell that it is over."""
    waiting = Message.objects.filter(
        initiative=there.initiative_id, thread=there.thread, state=Message.State.WAITING
    )
    for message in waiting.select_related("participation").order_by("participation__person"):
        try:
            messaging.withdraw(message, by=None, at=at)
        except CannotBeWithdrawn:
            continue  # it left this moment


@transaction.atomic
def say_answered(round_: Round, *, by: User, at: datetime) -> bool:
    """Its leads told those asked what was heard and what changes. False where that was said before.

    Called by whoever writes that answer (plans), in the same transaction.
    """
    rows = Round.objects.filter(pk=round_.pk, closed_at__isnull=False, answered_at=None)
    if not rows.update(answered_at=at):
        return False
    detail: events.Detail = {"check_in": round_.pk}
    events.record("check_in_replied", by=by, at=at, about=round_.initiative, detail=detail)
    return True
