"""Housekeeping: what the framework keeps and nobody needs any longer."""

from __future__ import annotations

from datetime import datetime

from earnest.core import actions


def forget_ended_sessions(*, at: datetime) -> int:
    """Sign-ins that ended leave nothing behind."""
    return actions.forget_ended_sessions(at=at)


def forget_finished_tasks(*, at: datetime) -> int:
    """What the worker has done is kept two weeks, for looking into a fault."""
    return actions.forget_finished_tasks(at=at)
