"""What the clock does: find promises past their date without word, and ask once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from earnest.accounts.models import Workspace
from earnest.promises import actions
from earnest.promises.models import Promise

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
