"""What a chain can rest on: their quotes, needs they named, what they work for."""

from __future__ import annotations

from dataclasses import dataclass

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.plans.models import Part

MOST_QUOTES, MOST_NEEDS, MOST_LINES = 20, 20, 12
VALUE_LENGTH, SERVES_LENGTH = 300, 200


@dataclass(frozen=True, slots=True)
class Sources:
    """Where what they value can be taken from, in their words."""

    quotes: list[Quote]
    needs: list[str]
    work: list[str]  # their goals and measures, line by line
    parts: list[Part]


def sources_of(participation: Participation) -> Sources:
    """Everything of theirs a chain can begin with; a fixed number of queries."""
    quotes = participation.quotes.filter(erased_at=None).exclude(words="")
    named = participation.needs_named.select_related("need").order_by("-at", "-pk")
    needs = dict.fromkeys((one.words or one.need.words) for one in named[:MOST_NEEDS])
    parts = Part.objects.filter(initiative=participation.initiative_id, dropped_at=None)
    return Sources(
        quotes=list(quotes[:MOST_QUOTES]),
        needs=[one for one in needs if one],
        work=lines_of(participation),
        parts=list(parts),
    )


def lines_of(participation: Participation) -> list[str]:
    """What they work for, line by line, without the marks of a list."""
    work = participation.own_work
    lines = f"{work.goals}\n{work.measures}".splitlines()
    said = (line.strip().lstrip("-*•").strip() for line in lines)
    return list(dict.fromkeys(one[:SERVES_LENGTH] for one in said if one))[:MOST_LINES]
