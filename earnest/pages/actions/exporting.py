"""A whole initiative is taken out as files: noted, so that nothing leaves unseen (privacy.md 3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative
from earnest.pages.models import TakenOut


@transaction.atomic
def note_taken_out(
    initiative: Initiative, *, with_people: bool, by: User, at: datetime
) -> TakenOut:
    """Written before the first byte leaves: each of them reads it on their page from then on."""
    made = TakenOut.objects.create(initiative=initiative, with_people=with_people, by=by, at=at)
    detail: events.Detail = {"with_people": with_people}
    events.record("taken_out", by=by, at=at, about=initiative, detail=detail)
    return made
