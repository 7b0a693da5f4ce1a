"""Breaking the glass: whoever runs the workspace reads one person page, seen by all (privacy.md 8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import GlassBreak, Participation

OPEN_FOR = timedelta(minutes=60)
REASON_AT_LEAST = 10


class ReasonTooShort(ValueError):
    """A reason the person can understand takes a few words."""


@transaction.atomic
def break_glass(participation: Participation, *, reason: str, by: User, at: datetime) -> GlassBreak:
    """Open read access for an hour; the person and their leads are shown it."""
    if len(reason.strip()) < REASON_AT_LEAST:
        raise ReasonTooShort
    broken = GlassBreak.objects.create(
        participation=participation, user=by, reason=reason.strip(), at=at, until=at + OPEN_FOR
    )
    events.record(
        "glass_broken",
        by=by,
        at=at,
        about=participation,
        workspace_id=participation.initiative.workspace_id,
    )
    return broken
