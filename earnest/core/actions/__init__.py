"""Every write of this context: leases, housekeeping, doors for signed requests."""

from __future__ import annotations

from earnest.core.actions.doors import (
    DoorTurned,
    KeyUsedTwice,
    NothingToRepeat,
    begin_door,
    close_door,
    forget_bodies,
    note_became,
    note_came,
    note_refused,
    open_door,
    repeat,
    turn_secret,
)
from earnest.core.actions.leases import (
    TASKS_KEPT,
    WORKER,
    beat,
    forget_ended_sessions,
    forget_finished_tasks,
    release_lease,
    renew_lease,
    take_lease,
)

__all__ = [
    "TASKS_KEPT",
    "WORKER",
    "DoorTurned",
    "KeyUsedTwice",
    "NothingToRepeat",
    "beat",
    "begin_door",
    "close_door",
    "forget_bodies",
    "forget_ended_sessions",
    "forget_finished_tasks",
    "note_became",
    "note_came",
    "note_refused",
    "open_door",
    "release_lease",
    "renew_lease",
    "repeat",
    "take_lease",
    "turn_secret",
]
