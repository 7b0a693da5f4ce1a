"""Every write of the rhythm: what is chosen about a step, the plan, progress mail, the digest."""

from __future__ import annotations

from earnest.rhythm.actions.choosing import dismiss, put_off
from earnest.rhythm.actions.digest import (
    DigestChoice,
    choose_digest,
    move_digest,
    pass_over_digests,
    say_handed,
    settle_digest,
    take_digest,
    try_again,
)
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
    "DigestChoice",
    "ProgressDraft",
    "as_told",
    "choose_digest",
    "dismiss",
    "move_digest",
    "pass_over_digests",
    "put_off",
    "remove_audience",
    "say_handed",
    "send_progress",
    "set_rhythm",
    "settle_digest",
    "take_digest",
    "tell_progress",
    "try_again",
    "written",
]
