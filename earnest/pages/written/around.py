"""What stands around what was written: the days they are away (2.1), who leads, the plan as it was
published last. Each would be a query of its own on every page of a person."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from earnest.initiatives.models import LEADING, Participation, Role
from earnest.pages.written.rows import Row, by_day, rows_as
from earnest.people.models import Away
from earnest.plans.models import Version


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    here = participation.initiative
    away = Away.objects.filter(person=participation.person_id)
    leading = Role.objects.filter(
        initiative=here, kind__in=LEADING, user__memberships__workspace=here.workspace_id
    )
    newer = Version.objects.filter(initiative=here, number__gt=OuterRef("number"))
    published = Version.objects.filter(~Exists(newer), initiative=here)
    return [
        rows_as("away", away.annotate(till=_text("last_day")), has_place=False, **AWAY),
        rows_as("leading", leading, has_place=False, words="user__name", more="user__email"),
        rows_as("published", published.annotate(held=_text("parts")), has_place=False, **PUBLISHED),
    ]


def _text(name: str) -> Cast:
    return Cast(F(name), TextField())


AWAY = {"words": "till", "on": "first_day"}
PUBLISHED = {"words": "summary", "more": "held", "start": "number", "at": "published_at"}


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """Days away and names in their order."""
    published = [_as_version(row) for row in met.get("published", ())]
    return {
        "away": [_as_away(row) for row in sorted(met.get("away", ()), key=by_day)],
        "who_leads": sorted(row.words or row.more for row in met.get("leading", ())),
        "published": published[0] if published else None,
    }


def _as_away(row: Row) -> Away:
    return Away(pk=row.pk, first_day=row.on, last_day=date.fromisoformat(row.words))


def _as_version(row: Row) -> Version:
    """To be shown, not saved."""
    return Version(
        pk=row.pk,
        summary=row.words,
        parts=json.loads(row.more),
        number=row.start or 0,
        published_at=row.at,
    )
