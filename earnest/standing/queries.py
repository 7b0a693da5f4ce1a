"""Reads over the record of one person."""

from __future__ import annotations

from earnest.engine.belief import Entry, Place, climb
from earnest.standing.models import Evidence


def record_of(participation_id: int) -> list[Evidence]:
    """What was said and done by this person on this initiative, oldest first."""
    return list(Evidence.objects.filter(participation_id=participation_id).order_by("at", "id"))


def place_of(participation_id: int) -> Place:
    """Where the record puts this person on the ladder."""
    return climb(
        Entry(
            id=str(row.id),
            at=row.at,
            kind=row.kind,
            value=row.value,
            item=row.item,
            corrects=str(row.corrects) if row.corrects else None,
        )
        for row in record_of(participation_id)
    )
