"""What the clock does: points of lessons to bring back, within the limits of asking."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from earnest.accounts.models import Workspace
from earnest.initiatives.models import AskedToStop
from earnest.messaging.actions import MayNotWrite
from earnest.practice import actions
from earnest.practice.models import FollowUp
from earnest.practice.queries import follow_ups as queries
from earnest.standing.models import Rung

AT_ONCE = 500
Why = FollowUp.Why
WHOLE = (
    *("lesson", "point", "participation__person__workspace", "participation__held_by"),
    "participation__initiative__workspace",
)


def bring_back(*, at: datetime) -> int:
    """Ask about what is due; who has no room waits, and what waited too long lapses. How many."""
    actions.leave(queries.not_sent(), Why.NOT_SENT, at=at)
    return sum(_in(one, at=at) for one in Workspace.objects.all())


def _in(workspace: Workspace, *, at: datetime) -> int:
    today = workspace.day(at)
    due = queries.due_in(workspace, today)
    _leave_what_is_over(due, today, at=at)
    asked, seen = 0, (date.min, 0)
    while some := _after(queries.that_may_be_asked(due, today), seen):
        seen = (some[-1].due, some[-1].pk)
        asked += _ask(some, at=at)
    return asked


def _after(rows: QuerySet[FollowUp], seen: tuple[date, int]) -> list[FollowUp]:
    day, pk = seen
    later = rows.filter(due__gt=day) | rows.filter(due=day, pk__gt=pk)
    return list(later.select_related(*WHOLE)[:AT_ONCE])


def _leave_what_is_over(due: QuerySet[FollowUp], today: date, *, at: datetime) -> None:
    """With the reason, where it is one of its own."""
    actions.leave(due.exclude(initiative__closed_at=None), Why.CLOSED, at=at)
    stopped = due.filter(participation__stopped_at__isnull=False)
    actions.leave(stopped, Why.STOPPED, at=at)
    everywhere = due.filter(participation__person__stopped_at__isnull=False)
    actions.leave(everywhere, Why.STOPPED, at=at)
    said_no = Rung.objects.filter(step=Rung.Step.NO).values("pk")
    actions.leave(due.filter(participation__in=said_no), Why.SAID_NO, at=at)
    actions.leave(due.filter(lapses_on__lte=today), "", at=at)


def _ask(rows: list[FollowUp], *, at: datetime) -> int:
    try:
        return actions.ask_due(rows, at=at)
    except (AskedToStop, MayNotWrite):  # somebody objected this very moment: in an hour again
        return 0
