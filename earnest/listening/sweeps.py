"""What the clock does: invitations whose days to answer are over."""

from __future__ import annotations

from datetime import datetime

from earnest.accounts.models import Workspace
from earnest.listening import actions, queries

AT_ONCE = 200  # in one run: the next run goes on


def lapse_due(*, at: datetime) -> int:
    """Let lapse what was passed unanswered by somebody who was there. Returns how many."""
    lapsed = 0
    for workspace in Workspace.objects.order_by("pk"):
        due = queries.unanswered(workspace, at=at)
        for invitation in due[:AT_ONCE]:
            lapsed += actions.lapse(invitation, at=at)
    return lapsed
