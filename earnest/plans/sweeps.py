"""What the clock does: news that goes to many is told further."""

from __future__ import annotations

from datetime import datetime

from earnest.initiatives.models import ScheduleChange
from earnest.plans import telling
from earnest.plans.models import Version

AT_ONCE = 20  # batches in one run: the next run goes on


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
