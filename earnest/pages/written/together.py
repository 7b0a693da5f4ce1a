"""Spaces with names: where they may give ideas, what they are for, and when they were asked (4.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from earnest.ideas.models import Invited, Space, Support
from earnest.ideas.queries.shown import KEPT_BACK_OF
from earnest.initiatives.models import Participation
from earnest.pages.written.rows import Happening, Row, by_day, by_moment, rows_as


@dataclass(frozen=True, slots=True)
class InSpace:
    """One thing about a space: its question, and an idea's words where it is about one."""

    space_pk: int
    question: str
    words: str = ""
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """What they do with others."""

    spaces: list[InSpace] = field(default_factory=list)  # open to them now
    supports: list[InSpace] = field(default_factory=list)  # ideas they are for
    asked: list[InSpace] = field(default_factory=list)  # into which spaces, and when


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    here = participation.pk
    spaces = Space.objects.filter(
        initiative=participation.initiative_id, names=True, closed_at=None
    )
    supports = Support.objects.filter(voice__participation=here, idea__gone="")
    asked = Invited.objects.filter(participation=here)
    return [
        rows_as("space", spaces, has_place=False, conversation_id="pk", words="question"),
        rows_as("is for", supports.exclude(KEPT_BACK_OF), **SUPPORT),
        rows_as("asked into", asked, **ASKED),
    ]


SUPPORT: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "idea__space_id",
    "words": "idea__words",
    "more": "idea__space__question",
    "on": "on",
}
ASKED: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "space_id",
    "words": "space__question",
    "at": "at",
}


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """Each in its order, the latest first."""
    spaces = sorted(met.get("space", ()), key=lambda row: -row.pk)
    late = sorted(met.get("is for", ()), key=by_day, reverse=True)
    asked = sorted(met.get("asked into", ()), key=by_moment, reverse=True)
    return {
        "together": Together(
            [InSpace(row.pk, row.words) for row in spaces],
            [InSpace(row.conversation_id or 0, row.more, row.words, on=row.on) for row in late],
            [InSpace(row.conversation_id or 0, row.words, at=row.at) for row in asked],
        )
    }


def happened(together: Together) -> list[Happening]:
    """Asked into a space, each on its day."""
    return [
        Happening(one.at, "", _("Asked for ideas: %s") % one.question)
        for one in together.asked
        if one.at
    ]
