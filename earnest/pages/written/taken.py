"""When what is recorded of them was taken out of Earnest, with everyone else's, and by whom."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from earnest.initiatives.models import Participation
from earnest.pages.models import TakenOut
from earnest.pages.written.found import TakenOutBy
from earnest.pages.written.rows import Row, by_moment, rows_as


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    """Only while they were in it: neither before they were on it, nor after they stopped."""
    rows = TakenOut.objects.filter(
        initiative=participation.initiative_id, with_people=True, at__gte=participation.since
    )
    for stopped in (participation.stopped_at, participation.person.stopped_at):
        if stopped:
            rows = rows.filter(at__lt=stopped)
    return [rows_as("taken", rows, has_place=False, words="by__name", at="at")]


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    found = sorted(met.get("taken", ()), key=by_moment, reverse=True)
    return {"taken_out": [TakenOutBy(row.at, row.words or "") for row in found]}
