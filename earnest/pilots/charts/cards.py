"""The picture of one figure of a card: the part and what it is compared with, over time (1.12).

Drawn by ``pilots/card_chart.html`` and, from the same numbers, on paper. 340 units wide, so that on
a phone a unit is about a point. Beside the picture stand its words and its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from earnest.pilots.models import CardFigure, CardVersion
from earnest.plans.charts import Mark, days_along, scale_of
from earnest.plans.queries.measures import number

WIDTH, HEIGHT = 340, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 20, 26
MOST_DOTS = 60

type Point = tuple[date, Decimal]
type Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units."""

    there: tuple[Place, ...]
    compared: tuple[Place, ...]
    heights: tuple[Mark, ...]
    days: tuple[Mark, ...]
    began: Mark | None
    ended: Mark | None
    words: str  # the same for who does not see it
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def line(self) -> str:
        return _as_points(self.there)

    @property
    def compared_line(self) -> str:
        return _as_points(self.compared)

    @property
    def dots(self) -> tuple[Place, ...]:
        return self.there if len(self.there) <= MOST_DOTS else self.there[-1:]


def _as_points(places: Sequence[Place]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


@dataclass(frozen=True, slots=True)
class Row:
    """One day of the table behind: the part, and what it is compared with."""

    on: date
    there: str
    compared: str


def points_of(figure: CardFigure) -> tuple[list[Point], list[Point]]:
    """Of the part, and of the comparison."""
    sides: tuple[list[Point], list[Point]] = ([], [])
    for there, on, value in figure.points:
        sides[0 if there else 1].append((date.fromisoformat(on), Decimal(str(value))))
    return sides


def table_of(figure: CardFigure) -> list[Row]:
    there, compared = (dict(side) for side in points_of(figure))
    return [
        Row(on, _said(figure, there.get(on)), _said(figure, compared.get(on)))
        for on in sorted({*there, *compared})
    ]


def _said(figure: CardFigure, value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{number(value)} {figure.unit}".strip()


def picture_of(figure: CardFigure, version: CardVersion) -> Picture | None:
    """None where no point may stand there, or nothing was read."""
    there, compared = points_of(figure)
    both = [*there, *compared]
    if not both:
        return None
    low, high, ticks = scale_of(value for _on, value in both)
    days = [on for on, _value in both]
    first, last = min(days), max(days)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def x(day: date) -> float:
        span = (last - first).days
        share = (day - first).days / span if span else 0.5
        return round(LEFT + 6 + share * (WIDTH - LEFT - RIGHT - 12), 1)

    def line(day: date | None, words: str) -> Mark | None:
        inside = day is not None and first <= day <= last
        return Mark(x(day), words) if inside and day else None

    return Picture(
        there=tuple((x(day), y(value)) for day, value in there),
        compared=tuple((x(day), y(value)) for day, value in compared),
        heights=tuple(Mark(y(tick), number(tick)) for tick in ticks),
        days=tuple(days_along(first, last, x)),
        began=line(version.began_on, _("began")),
        ended=line(version.ended_on, _("last day")),
        words=in_words(figure, there, compared),
    )


def in_words(figure: CardFigure, there: list[Point], compared: list[Point]) -> str:
    """What the picture shows, told."""
    told = [f"{capfirst(figure.name)}."]
    if there:
        told.append(_("Here: %s.") % _from_to(figure, there))
    if compared:
        name = figure.comparison or _("What it is compared with")
        told.append(f"{name}: {_from_to(figure, compared)}.")
    return " ".join(told)


def _from_to(figure: CardFigure, side: list[Point]) -> str:
    def said(at: Point) -> str:
        told = {"value": _said(figure, at[1]), "day": date_format(at[0], "j M Y")}
        return _("%(value)s on %(day)s") % told

    if len(side) == 1:
        return said(side[0])
    return _("%(first)s, %(last)s") % {"first": said(side[0]), "last": said(side[-1])}
