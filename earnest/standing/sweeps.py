"""What the clock does: figures in groups once a week, and estimates each night and minute."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from earnest.core.weeks import monday_of
from earnest.initiatives.models import Initiative
from earnest.standing import actions, queries

HALF_A_DAY = timedelta(hours=12)
NIGHT = range(1, 5)  # hours of a workspace's own clock


def make_figures(*, at: datetime, draw: random.Random = actions.BY_LOT) -> int:
    """Of each initiative on the first day of its week, where its workspace is. Returns how many.

    On fixed days, so that when a figure appears tells of nobody's yes.
    """
    due = [one for one in queries.due_for_figures(at - HALF_A_DAY) if _is_new_week(one, at)]
    return sum(actions.make_figures(one, at=at, draw=draw) for one in due)


def _is_new_week(initiative: Initiative, at: datetime) -> bool:
    look = getattr(initiative, "group_look", None)
    if look is None:
        return True
    today = initiative.workspace.day(at)
    return initiative.workspace.day(look.at) < monday_of(today)


def refit(*, at: datetime) -> int:
    """Each night, of each workspace with the estimate on. Returns how many began."""
    asleep = [one for one in queries.with_estimates() if one.hour(at) in NIGHT]
    return sum(actions.begin_refit(one, at=at) for one in asleep)


def forget_forbidden(*, at: datetime) -> int:
    """Nothing stays stored of who may not be estimated any more. Returns how many rows went."""
    return actions.forget_forbidden(at=at)
