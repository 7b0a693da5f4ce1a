"""Every write of the rhythm: what is chosen about a step, the plan, progress mail, the digest."""

from __future__ import annotations

from earnest.rhythm.actions.choosing import dismiss, put_off
from earnest.rhythm.actions.plan import AudienceDraft, remove_audience, set_rhythm
from earnest.rhythm.actions.progress import (
    AlreadySent,
    ProgressDraft,
    as_told,
    send_progress,
    tell_progress,
    written,
)

__all__ = [
    "AlreadySent",
    "AudienceDraft",
    "ProgressDraft",
    "as_told",
    "dismiss",
    "put_off",
    "remove_audience",
    "send_progress",
    "set_rhythm",
    "tell_progress",
    "written",
]
