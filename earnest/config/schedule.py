"""What the clock does, and how often. The worker runs each under a lease of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from earnest.core import sweeps as core


class Run(Protocol):
    """A sweep: finds what is due at ``at`` and calls an action for each."""

    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Sweep:
    """One line of the schedule; the name is also that of its lease."""

    name: str
    run: Run
    every: timedelta


SCHEDULE: tuple[Sweep, ...] = (
    Sweep("core.ended_sessions", core.forget_ended_sessions, timedelta(hours=6)),
    Sweep("core.finished_tasks", core.forget_finished_tasks, timedelta(days=1)),
)
