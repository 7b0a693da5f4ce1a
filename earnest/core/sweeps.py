"""Housekeeping: what the framework keeps and nobody needs any longer."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from earnest.core import actions


def forget_ended_sessions(*, at: datetime) -> int:
    """Sign-ins that ended leave nothing behind."""
    return actions.forget_ended_sessions(at=at)


def forget_finished_tasks(*, at: datetime) -> int:
    """What the worker has done is kept two weeks, for looking into a fault."""
    return actions.forget_finished_tasks(at=at)


def empty_write_ahead_log(*, at: datetime) -> None:
    """SQLite: what was erased goes out of the log beside the database, too."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
