"""What the leader chooses about a proposed step: later, or not this one, with a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.engine.steps import CONDITION_WAITS
from earnest.rhythm import access
from earnest.rhythm.models import Chosen

RETURNS = "promise-condition:"


@transaction.atomic
def put_off(step: str, until: date, *, by: User, at: datetime, reason: str = "") -> Chosen:
    """Show this step again on that day, not before."""
    return _choose(step, Chosen.Kind.PUT_OFF, by=by, at=at, until=until, reason=reason)


@transaction.atomic
def dismiss(step: str, reason: str, *, by: User, at: datetime) -> Chosen:
    """Do not show this step again; why is kept. A condition is still asked about weeks later."""
    until = at.date() + timedelta(days=CONDITION_WAITS) if step.startswith(RETURNS) else None
    return _choose(step, Chosen.Kind.DISMISSED, by=by, at=at, until=until, reason=reason)


def _choose(
    step: str,
    kind: Chosen.Kind,
    *,
    by: User,
    at: datetime,
    until: date | None = None,
    reason: str = "",
) -> Chosen:
    """Of a step on an initiative one leads; of any other Http404 is raised."""
    place = access.get_place(by, step)
    events.record(f"step_{kind}", by=by, at=at, detail={"step": step})
    return Chosen.objects.create(
        user=by,
        step=step,
        initiative_id=place.initiative_id,
        due=place.due,
        kind=kind,
        at=at,
        until=until,
        reason=reason,
    )
