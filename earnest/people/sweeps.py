"""What the clock does with imports nobody went on with."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from earnest.people import actions
from earnest.people.models import PeopleImport

ABANDONED_AFTER = timedelta(hours=24)
STUCK_AFTER = timedelta(minutes=10)


def empty_old_imports(*, at: datetime) -> int:
    """Empty imports begun more than a day ago: files half-way, and lists of bad lines."""
    old = _light().filter(made_at__lt=at - ABANDONED_AFTER)
    full = old.exclude(file=b"", problems_csv=b"")
    for import_ in full:
        actions.empty_import(import_, at=at)
    return len(full)


def restart_stuck_imports(*, at: datetime) -> int:
    """Enqueue again what a job began and never ended."""
    working = (PeopleImport.State.CHECKING, PeopleImport.State.WRITING)
    stuck = _light().filter(state__in=working, beat_at__lt=at - STUCK_AFTER)
    for import_ in stuck:
        actions.restart_import(import_, at=at)
    return len(stuck)


def _light() -> QuerySet[PeopleImport]:
    return PeopleImport.objects.defer("file", "problems_csv", "head")
