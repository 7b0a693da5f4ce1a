"""What the clock does: promises past their date without word, and deeds to ask about again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q

from earnest.accounts.models import Workspace
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging.actions import MayNotWrite
from earnest.promises import actions
from earnest.promises.models import AskedAgain, Promise
from earnest.promises.queries import again
from earnest.standing.models import Rung

DAYS_WITHOUT_WORD = 3
# Whoever wants nothing more of it is asked nothing more; what we promised them is still asked about.
ASKED_TO_STOP = Q(direction=Promise.Direction.THEIRS) & (
    Q(participation__stopped_at__isnull=False) | Q(participation__person__stopped_at__isnull=False)
)


def ask_about_due(*, at: datetime) -> int:
    """Ask about every promise three days past its date without word. Returns how many."""
    asked = 0
    for workspace in Workspace.objects.all():
        last = workspace.day(at) - timedelta(days=DAYS_WITHOUT_WORD)
        silent = (
            Promise.objects.open()
            .filter(
                asked_at=None,
                due__lte=last,
                participation__initiative__workspace=workspace,
                participation__initiative__closed_at=None,
                participation__person__erased_at=None,
            )
            .exclude(ASKED_TO_STOP)
        )
        for promise in silent.select_related("participation__initiative").iterator():
            asked += actions.ask_how_it_went(promise, at=at)
    return asked


AT_ONCE = 500


def ask_again(*, at: datetime) -> int:
    """How is it now: 30, 90, 180 and 365 days after the first deed (4.2). How many were asked.

    Who has no room waits, and is asked when there is some, within a window; then it is left, with
    the reason. Set-based: a few hundred people in a fixed number of queries.
    """
    actions.leave(again.not_sent()[:AT_ONCE], AskedAgain.Why.NOT_SENT, at=at)
    return sum(_ask_in(one, at=at) for one in Workspace.objects.all())


def _ask_in(workspace: Workspace, *, at: datetime) -> int:
    asked = _those_who_wait(workspace, at=at)
    for after in AskedAgain.After:
        due = again.newly_due(workspace, after, at=at).select_related(*WHOLE)
        last = 0
        while some := list(due.filter(pk__gt=last)[:AT_ONCE]):
            last = some[-1].pk
            deeds = again.first_deeds(some)
            asked += _ask([_due(one, after, deeds, at) for one in some], at=at)
    return asked


WHOLE = ("person__workspace", "initiative__workspace", "held_by", "rung")


def _due(whom: Participation, after: int, deeds: dict[int, str], at: datetime) -> AskedAgain:
    workspace, did_at = whom.initiative.workspace, whom.rung.did_at  # type: ignore[attr-defined]
    return AskedAgain(
        participation=whom,
        initiative_id=whom.initiative_id,
        after=after,
        due=again.due_day(workspace, after, did_at),
        deed=deeds.get(whom.pk, ""),
        deed_at=did_at,
        state_at=at,
    )


def _ask(rows: list[AskedAgain], *, at: datetime) -> int:
    try:
        return actions.ask_again(rows, at=at)
    except (AskedToStop, MayNotWrite):  # somebody objected this very moment: in an hour again
        return 0


def _those_who_wait(workspace: Workspace, *, at: datetime) -> int:
    """Asked where there is room now; left where their time is over, or nothing is to be asked."""
    asked, last, today = 0, 0, workspace.day(at)
    whole = [f"participation__{name}" for name in WHOLE]
    rows = again.waiting(workspace).select_related(*whole)
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        moved = [one for one in some if _rung(one).did_at != one.deed_at]
        actions.forget_waiting(moved, at=at)
        there = [one for one in some if one not in moved]
        for why in dict.fromkeys(_over(one, today) for one in there):
            several = [one for one in there if _over(one, today) == why]
            if why is None:
                asked += _ask(several, at=at)
            else:
                actions.leave(several, why, at=at)
    return asked


def _rung(row: AskedAgain) -> Rung:
    rung: Rung = row.participation.rung  # type: ignore[attr-defined]
    return rung


def _over(row: AskedAgain, today: date) -> str | None:
    """Why it is left now; None while it may still be asked, empty for what it waited for."""
    if row.participation.asked_to_stop:
        return AskedAgain.Why.STOPPED
    if row.participation.initiative.closed_at:
        return AskedAgain.Why.CLOSED
    if _rung(row).step == Rung.Step.NO:
        return AskedAgain.Why.SAID_NO
    return "" if today >= row.due + again.WAITS[AskedAgain.After(row.after)] else None
