"""What the clock does: invitations whose days to answer are over, talks nobody ended."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from earnest.accounts.models import Workspace
from earnest.listening import actions, queries
from earnest.listening.models import Talk

AT_ONCE = 200  # in one run: the next run goes on
UNTOUCHED = timedelta(hours=12)

log = logging.getLogger(__name__)


def lapse_due(*, at: datetime) -> int:
    """Let lapse what was passed unanswered by somebody who was there. Returns how many."""
    lapsed = 0
    for workspace in Workspace.objects.order_by("pk"):
        due = queries.unanswered(workspace, at=at)
        for invitation in due[:AT_ONCE]:
            lapsed += actions.lapse(invitation, at=at)
    return lapsed


def end_forgotten_talks(*, at: datetime) -> int:
    """End talks untouched for half a day, each in a transaction of its own."""
    forgotten = Talk.objects.filter(ended_at=None, written_at__lt=at - UNTOUCHED)
    found = list(forgotten.order_by("written_at").select_related("initiative__workspace")[:AT_ONCE])
    for talk in found:
        actions.end_forgotten(talk, at=at)
    if found:
        log.info("talks ended that nobody had ended: %d", len(found))
    return len(found)
