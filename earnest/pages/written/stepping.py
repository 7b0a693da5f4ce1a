"""Step backs with them: on what occasion, why in their words, and what it changed (3.16)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.listening.models import Quote, StepBack
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as

COLUMNS: dict[str, Any] = {
    "has_place": False,
    "more": "told",
    "who": "by__name",
    "at": "opened_at",
    "right_at": "outcome_at",
    "corrected_at": "told_at",
    "read_at": "reason_at",
    "own_hand": "is_no",
    "conversation_id": "quote_id",
    "on": "quote__said_on",
}
TOLD = ("occasion", "outcome", "reason")


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    """The reason by its pointer, as it stands now."""
    said = Coalesce(Cast("quote__words", TextField()), Value("", output_field=TextField()))
    rows = StepBack.objects.filter(participation=participation.pk)
    told = in_one("occasion", "outcome", said)
    return [rows_as("step back", rows.annotate(told=told), **COLUMNS)]


def read(met: dict[str, list[Row]], here: int) -> dict[str, Any]:
    """The latest first."""
    rows = sorted(met.get("step back", ()), key=by_moment, reverse=True)
    return {"step_backs": [_step_back(row, here) for row in rows]}


def _step_back(row: Row, here: int) -> StepBack:
    told = dict(zip(TOLD, row.more.split(APART, len(TOLD) - 1), strict=True))
    reason = told.pop("reason")
    quote = Quote(pk=row.conversation_id, words=reason, said_on=row.on)
    return StepBack(
        pk=row.pk,
        initiative_id=here,
        words=row.words,
        by=User(pk=0, name=row.who) if row.who else None,
        opened_at=row.at,
        outcome_at=row.right_at,
        told_at=row.corrected_at,
        reason_at=row.read_at,
        is_no=bool(row.own_hand),
        quote=quote if row.conversation_id else None,
        **told,
    )


def happened(rows: list[StepBack]) -> list[Happening]:
    """Stepped back, wrote what it changed, told it: each on its day, by us."""
    out = []
    for row in rows:
        by = str(row.by or "")
        said = _("Stepped back to understand: %(why)s") % {"why": row.get_occasion_display()}
        out.append(Happening(row.opened_at, "", said, by))
        if row.outcome_at:
            what = _("What it changed: %(words)s") % {"words": row.words}
            out.append(Happening(row.outcome_at, "", what))
        if row.told_at:
            out.append(Happening(row.told_at, "", _("Told what it changed")))
    return out
