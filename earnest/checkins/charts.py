"""Figures of a round as bars, with the words for their ends: drawn by the page, no library."""

from __future__ import annotations

from dataclasses import dataclass

from earnest.checkins import queries
from earnest.checkins.models import Condition, Round
from earnest.checkins.queries import Figures
from earnest.initiatives.models import Participation

WIDTH, GAP = 40, 12
FLOOR, LEFT = 84, 4
TALLEST = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the five: where it stands, how high, and how many said so."""

    value: int
    count: int
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def above(self) -> int:
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Chart:
    """One condition: its bars, or nothing where it may not be shown; and the last time beside it."""

    condition: Condition
    figures: Figures | None
    earlier: Figures | None
    bars: tuple[Bar, ...] = ()

    @property
    def label(self) -> str:
        return str(self.condition.label)

    @property
    def ends(self) -> tuple[str, str]:
        return self.condition.ends


def charts_of(figures: dict[str, Figures], earlier: dict[str, Figures]) -> list[Chart]:
    """All four, always in the same order."""
    return [_chart(one, figures.get(one.value), earlier.get(one.value)) for one in Condition]


def _chart(condition: Condition, figures: Figures | None, earlier: Figures | None) -> Chart:
    if figures is None:
        return Chart(condition, None, earlier)
    most = max(figures.counts)
    bars = tuple(
        _bar(value, count, round(TALLEST * count / most))
        for value, count in enumerate(figures.counts, start=1)
    )
    return Chart(condition, figures, earlier, bars)


def _bar(value: int, count: int, height: int) -> Bar:
    x = LEFT + (value - 1) * (WIDTH + GAP)
    return Bar(value, count, x, FLOOR - height, height)


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What stands on a person's own page: the round that is open, and what the last one showed."""

    open: Round | None
    answered: bool
    last: Round | None
    said: bool
    charts: list[Chart]


def own_check_in(participation: Participation) -> OwnCard | None:
    """One query; nothing where they were never asked."""
    found = queries.own_check_in(participation)
    if found is None:
        return None
    charts = charts_of(found.figures, {}) if found.figures else []
    return OwnCard(found.open, found.answered, found.last, found.said, charts)
