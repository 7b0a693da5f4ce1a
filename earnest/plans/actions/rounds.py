"""Answering a check-in: what was heard and what changes by it, told to everyone asked (0.10, 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.checkins import actions as checkins
from earnest.checkins.models import Round
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.plans import emails
from earnest.plans.actions.inputs import close, hold, recount, take_lines
from earnest.plans.actions.replies import Answer, NeedsAReason, put_to_all
from earnest.plans.models import Input, Reply, RoundReply
from earnest.plans.models.inputs import Outcome
from earnest.plans.queries import Reached


class NotClosedYet(Exception):
    """It is still open: its results are published once, as it closes."""


class LinesWait(Exception):
    """Lines of it wait for an answer, one by one or all in one."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard, what changes by it, and an answer to all open lines where one is enough."""

    words: str
    changes: str
    lines: Answer | None = None


@dataclass(frozen=True, slots=True)
class RoundTold:
    """The answer, and how it gets to people; ``is_new`` is false where it was sent before."""

    answer: RoundReply
    reached: Reached
    is_new: bool = True


@transaction.atomic
def answer_round(round_: Round, heard: Heard, *, by: User, at: datetime) -> RoundTold:
    """Once; then the next may open. Everyone who was asked is told, whether they answered or not.

    Raises NotClosedYet, LinesWait, NeedsAReason.
    """
    hold(round_.initiative_id)
    rows = Round.objects.select_for_update(of=("self",)).select_related("initiative__workspace")
    there = rows.get(pk=round_.pk)
    if there.closed_at is None:
        raise NotClosedYet
    if given := RoundReply.objects.filter(round=there).first():
        return RoundTold(given, Reached([]), is_new=False)
    _answer_lines(there, heard.lines, by=by, at=at)
    said = {"words": heard.words, "changes": heard.changes}
    answer = RoundReply.objects.create(round=there, by=by, at=at, **said)
    checkins.say_answered(there, by=by, at=at)
    reached = Reached(list(asked_in(there)))
    put_to_all(reached.to_write, lambda one: emails.round_reply(answer, one, by=by), by=by, at=at)
    return RoundTold(answer, reached)


def asked_in(round_: Round) -> list[Participation]:
    """Everyone who was asked and is still there."""
    rows = Participation.objects.present().filter(checkins_asked=round_)
    whole = rows.select_related("person", "held_by", "initiative__workspace")
    return list(whole.order_by("person__name", "pk"))


def _answer_lines(round_: Round, answer: Answer | None, *, by: User, at: datetime) -> None:
    """All of them in one, where that is said; none of them closes without an outcome."""
    take_lines(round_, at=at)
    waiting = list(
        Input.objects.select_for_update(of=("self",))
        .filter(round=round_, answered_at=None, erased_at=None)
        .select_related("initiative__workspace")
    )
    if not waiting:
        return
    if answer is None:
        raise LinesWait(len(waiting))
    if answer.outcome == Outcome.NOT_USED and not answer.words.strip():
        raise NeedsAReason
    for line in waiting:
        _answer_line(line, round_, answer, by=by, at=at)
    recount(Initiative.objects.get(pk=round_.initiative_id), at=at)


def _answer_line(line: Input, round_: Round, answer: Answer, *, by: User, at: datetime) -> None:
    """Told with the answer to the round: no mail of its own."""
    days = close(line, answer.outcome, at=at)
    row = Reply.objects.create(
        initiative_id=round_.initiative_id,
        input=line,
        outcome=answer.outcome,
        words=answer.words,
        part=answer.part,
        by=by,
        at=at,
        days=days or 0,
        reached=1 if line.participation_id else round_.asked_count,
    )
    events.record("reply_given", by=by, at=at, about=row, detail={"outcome": str(row.outcome)})
