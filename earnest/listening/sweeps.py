"""What the clock does about listening: a talk somebody forgot to end is ended."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from earnest.listening import actions
from earnest.listening.models import Talk

UNTOUCHED = timedelta(hours=12)
AT_ONCE = 100  # in one run: the next run goes on

log = logging.getLogger(__name__)


def end_forgotten_talks(*, at: datetime) -> int:
    """End talks untouched for half a day, each in a transaction of its own."""
    forgotten = Talk.objects.filter(ended_at=None, written_at__lt=at - UNTOUCHED)
    found = list(forgotten.order_by("written_at").select_related("initiative__workspace")[:AT_ONCE])
    for talk in found:
        actions.end_forgotten(talk, at=at)
    if found:
        log.info("talks ended that nobody had ended: %d", len(found))
    return len(found)
