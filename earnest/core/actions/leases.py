"""Leases: who does what the clock asks, right on SQLite and PostgreSQL alike; housekeeping."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from earnest.core.models import Lease

WORKER = "worker"
TASKS_KEPT = timedelta(days=14)


def take_lease(
    name: str,
    *,
    holder: str,
    at: datetime,
    lasts: timedelta,
    every: timedelta = timedelta(0),
) -> bool:
    """Become the holder, unless another holds it still or it ran less than ``every`` ago.

    One conditional UPDATE decides: of many workers asking at once exactly one is told True. A
    holder that died loses the lease when ``lasts`` is over.
    """
    Lease.objects.get_or_create(name=name)
    free = Q(holder="") | Q(until=None) | Q(until__lte=at)
    due = Q(last_run_at=None) | Q(last_run_at__lte=at - every)
    taken = Lease.objects.filter(free, due, name=name)
    return taken.update(holder=holder, until=at + lasts, beat_at=at) == 1


def renew_lease(name: str, *, holder: str, at: datetime, lasts: timedelta) -> bool:
    """Hold on a while longer; False when another took it over meanwhile."""
    mine = Lease.objects.filter(name=name, holder=holder)
    return mine.update(until=at + lasts, beat_at=at) == 1


def release_lease(name: str, *, holder: str, at: datetime, ran: bool = True) -> bool:
    """Give it back, done. What did not run stays held till its time is over, then is tried again."""
    mine = Lease.objects.filter(name=name, holder=holder)
    if not ran:
        return mine.update(beat_at=at) == 1
    return mine.update(holder="", until=None, last_run_at=at) == 1


def beat(*, holder: str, at: datetime) -> None:
    """Say that a worker is alive; ``earnest doctor`` reads it."""
    Lease.objects.update_or_create(name=WORKER, defaults={"holder": holder, "beat_at": at})


def forget_ended_sessions(*, at: datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def forget_finished_tasks(*, at: datetime) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()[0]
