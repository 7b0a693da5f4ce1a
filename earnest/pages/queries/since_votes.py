"""Of votes, what a backup that is brought back must not undo: beside ``since.py``.

What was taken off the vote stays off it, who wants no word gets none, and no map is published that
could be subtracted from one that everybody saw (privacy.md 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from earnest.ideas.models import OpinionMap, Statement, Voter

MAP = ("space_id", "version", "made_on", "people", "too_few", "result")


@dataclass(slots=True)
class VotesSince:
    """Every statement there is, those that are not shown, who wants to hear, the maps, who sits where."""

    statements: set[int] = field(default_factory=set)
    hidden: dict[int, tuple[str, str]] = field(default_factory=dict)  # words, and why
    wanting: set[int] = field(default_factory=set)
    maps: list[Mapping[str, Any]] = field(default_factory=list)
    seats: dict[int, tuple[int | None, float | None]] = field(default_factory=dict)


def votes_since(before: datetime) -> VotesSince:
    """Four queries; seats only where a map was made since."""
    hidden = Statement.objects.filter(state=Statement.State.HIDDEN).order_by("pk")
    made = OpinionMap.objects.filter(made_on__gte=before.date()).order_by("space", "version")
    maps = list(made.values(*MAP))
    there = Voter.objects.filter(space_id__in={one["space_id"] for one in maps}).order_by("pk")
    wanting = Voter.objects.filter(wants_word=True)
    return VotesSince(
        statements=set(Statement.objects.values_list("pk", flat=True)),
        hidden={pk: (words, why) for pk, words, why in hidden.values_list("pk", "words", "reason")},
        wanting=set(wanting.values_list("pk", flat=True)),
        maps=maps,
        seats={pk: (seat, sure) for pk, seat, sure in there.values_list("pk", "seat", "sure")},
    )
