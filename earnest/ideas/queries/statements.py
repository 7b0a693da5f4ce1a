"""What is put to the vote in a space, for its leads: by state, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from earnest.ideas.models import Space, Statement

PAGE = 50


@dataclass(frozen=True, slots=True)
class Statements:
    """One page of one state, how many there are of each, and the key of the last row."""

    rows: list[Statement]
    next_key: int | None
    counts: dict[str, int]


def statements_in(space: Space, state: str, *, after: int | None = None) -> Statements:
    """Two queries. In a space without names the order is chance."""
    rows = Statement.objects.filter(space=space, state=state, pk__gt=after or 0)
    found = list(
        rows.select_related("voice__participation__person", "by", "idea").order_by("pk")[: PAGE + 1]
    )
    by_state = Statement.objects.filter(space=space).order_by().values_list("state")
    counts = dict(by_state.annotate(n=Count("pk")))
    key = found[PAGE - 1].pk if len(found) > PAGE else None
    return Statements(found[:PAGE], key, {one: counts.get(one, 0) for one in Statement.State})
