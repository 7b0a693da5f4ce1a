"""Saying what became of an input, or of a need for everyone under it (3.11, 3.12).

Append-only: a later one, after both fine-tuned it, stands beside the first.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from earnest.accounts.models import User
from earnest.checkins.models import Round
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening.models import Need
from earnest.messaging import actions as messaging
from earnest.plans import emails, queries
from earnest.plans.actions.inputs import close, hold, recount
from earnest.plans.models import Input, Part, Reply
from earnest.plans.models.inputs import Outcome
from earnest.plans.queries import Reached


class NeedsAReason(Exception):
    """Not used, and no word why: it stays open (3.11)."""


class AnsweredMeanwhile(Exception):
    """Somebody else answered it since this page was opened."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.pk)
        self.reply = reply


class NobodysAnyMore(Exception):
    """Its words were taken back or erased, or the need was merged: there is nothing left to answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it, why, and in which part of the plan; ``seen`` is the last reply known."""

    outcome: str
    words: str = ""
    part: Part | None = None
    seen: int = 0

    def is_that_of(self, reply: Reply) -> bool:
        part = self.part.pk if self.part else None
        return (reply.outcome, reply.words, reply.part_id) == (self.outcome, self.words, part)


@dataclass(frozen=True, slots=True)
class Told:
    """The reply, and how it gets to people; ``is_new`` is false where it was sent before."""

    reply: Reply
    reached: Reached
    is_new: bool = True


@transaction.atomic
def reply(to: Input | Need, answer: Answer, *, by: User, at: datetime) -> Told:
    """Write what became of it, close it, and lay a mail ready for each whom it reaches.

    Pressed twice is once. Who asked to be left alone gets no mail; their page shows it.
    Raises NeedsAReason, AnsweredMeanwhile, NobodysAnyMore.
    """
    there = _held(to)
    if answer.outcome == Outcome.NOT_USED and not answer.words.strip():
        raise NeedsAReason
    last = there.replies.order_by("pk").last()
    if last and answer.is_that_of(last):
        return Told(last, Reached([]), is_new=False)
    if last and last.pk != answer.seen:
        raise AnsweredMeanwhile(last)
    reached = Reached(list(queries.reached_by(there)))
    row = _write(there, answer, len(reached.people), by=by, at=at)
    _close_all(there, answer.outcome, at=at)
    recount(there.initiative, at=at)
    tell(row, there, reached, by=by, at=at)
    return Told(row, reached)


def _held(to: Input | Need) -> Input | Need:
    """The row as it is now, held until the transaction ends. Raises NobodysAnyMore."""
    hold(to.initiative_id)
    rows = type(to)._default_manager.select_for_update(of=("self",))
    whole = rows.select_related("initiative__workspace").filter(pk=to.pk)
    there: Input | Need | None = whole.first()
    if there is None or (isinstance(there, Input) and there.erased_at):
        raise NobodysAnyMore
    return there


def _write(to: Input | Need, answer: Answer, reached: int, *, by: User, at: datetime) -> Reply:
    day = to.initiative.workspace.day
    row = Reply.objects.create(
        initiative=to.initiative,
        input=to if isinstance(to, Input) else None,
        need=to if isinstance(to, Need) else None,
        outcome=answer.outcome,
        words=answer.words,
        part=answer.part,
        by=by,
        at=at,
        days=max(0, (day(at) - day(queries.oldest_moment(to))).days),
        reached=reached or _asked(to),
    )
    events.record("reply_given", by=by, at=at, about=row, detail={"outcome": str(answer.outcome)})
    return row


def _asked(to: Input | Need) -> int:
    """A line of nobody's is answered to everyone who was asked."""
    if isinstance(to, Input) and to.round_id and to.participation_id is None:
        return Round.objects.get(pk=to.round_id).asked_count
    return 0


def _close_all(to: Input | Need, outcome: str, *, at: datetime) -> None:
    """The input with those that are alike; of a need every input under it."""
    whole = Q(need=to.pk) if isinstance(to, Need) else Q(pk=to.pk) | Q(same_as=to.pk)
    rows = Input.objects.filter(whole, erased_at=None).select_related("initiative__workspace")
    for one in rows:
        close(one, outcome, at=at)


def tell(row: Reply, to: Input | Need, reached: Reached, *, by: User, at: datetime) -> None:
    """One mail each, with their own words in it; what cannot be mailed waits to be handed over."""
    words = queries.words_of(to, reached.to_write)
    put_to_all(
        reached.to_write,
        lambda one: emails.reply(row, one, words.get(one.pk, []), by=by),
        by=by,
        at=at,
    )


def put_to_all(
    people: list[Participation],
    draft_for: Callable[[Participation], messaging.Draft],
    *,
    by: User,
    at: datetime,
) -> None:
    """Into the outbox, however many they are; who asked to be left alone just now gets none."""
    try:
        with transaction.atomic():
            messaging.put_all_in_outbox(people, draft_for, by=by, at=at, leaves_at=at)
    except (AskedToStop, messaging.MayNotWrite):
        for one in people:
            _put(one, draft_for(one), by=by, at=at)


def _put(whose: Participation, draft: messaging.Draft, *, by: User, at: datetime) -> None:
    with suppress(AskedToStop, messaging.MayNotWrite), transaction.atomic():
        messaging.put_in_outbox(whose, draft, by=by, at=at)
