"""What the clock does: once a week, figures in groups for others than the leads."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from earnest.core.weeks import monday_of
from earnest.initiatives.models import Initiative
from earnest.standing import actions, queries

HALF_A_DAY = timedelta(hours=12)


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
