"""What the clock does: what has no input yet is taken up, and news that goes to many told further."""

from __future__ import annotations

import logging
from datetime import datetime

from earnest.initiatives.models import Initiative, ScheduleChange
from earnest.plans import actions, queries, telling
from earnest.plans.actions.showing import show_inputs
from earnest.plans.models import Version

AT_ONCE = 40  # batches in one run: the next run goes on

log = logging.getLogger(__name__)


def take_up(*, at: datetime) -> int:
    """Ideas, words in their own hand, written answers, lines of closed check-ins. Returns how many.

    Each initiative in a transaction of its own; what waits for an answer is counted anew with it.
    """
    taken = sum(actions.take_up(one, at=at) for one in queries.with_something_to_take())
    if taken:
        log.info("inputs taken up: %d", taken)
    return taken


def tell_news(*, at: datetime) -> int:
    """Go on where it was left. Returns how many batches were laid ready."""
    batches = 0
    for version in Version.objects.filter(told_at=None).order_by("published_at")[:AT_ONCE]:
        while batches < AT_ONCE:
            batches += 1
            if not telling.tell_of_version(version, at=at):
                break
    for change in ScheduleChange.objects.filter(told_at=None).order_by("at")[:AT_ONCE]:
        while batches < AT_ONCE:
            batches += 1
            if not telling.tell_of_more_time(change, at=at):
                break
    return batches


def count_inputs(*, at: datetime) -> int:
    """On Mondays, where the workspace is: a fixed day tells of nobody's input. Returns how many."""
    rows = Initiative.objects.filter(closed_at=None).select_related("workspace", "inputs_shown")
    return sum(show_inputs(one, at=at) for one in rows if _is_day_to_count(one, at))


def _is_day_to_count(initiative: Initiative, at: datetime) -> bool:
    today = initiative.workspace.day(at)
    shown = getattr(initiative, "inputs_shown", None)
    return today.weekday() == 0 and (shown is None or initiative.workspace.day(shown.until) < today)
