"""The numbers of one picture: what was read before and after a pilot began, beside what it is
compared with (1.11).

Drawn by ``pilots/chart.html``, as ``plans/chart.html`` draws a measure: 340 units wide, colours and
strokes are the style sheet's. Beside the picture stand its words and its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from earnest.pilots.models import PilotReading
from earnest.pilots.queries import Measured
from earnest.plans.charts import (
    BOTTOM,
    HEIGHT,
    LEFT,
    MOST_DOTS,
    RIGHT,
    TOP,
    WIDTH,
    Level,
    Mark,
    days_along,
    level_at,
    scale_of,
)
from earnest.plans.queries.measures import number

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Readings of one group, as SVG has them."""

    points: str
    dots: tuple[Point, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units."""

    pilot: Line | None
    comparison: Line | None
    heights: tuple[Mark, ...]
    days: tuple[Mark, ...]
    start: Mark | None  # where the pilot began
    stop: Level | None  # at which figure we would stop
    words: str  # the same for who does not see it
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    foot: int = HEIGHT - BOTTOM


def picture_of(told: Measured, *, began: date) -> Picture | None:
    """None where nothing was read yet."""
    read = [(one.on, one.value, one.group) for one in told.readings if one.value is not None]
    if not read:
        return None
    stop = told.measure.stop_at
    low, high, ticks = scale_of([value for _on, value, _group in read] + ([stop] if stop else []))
    first = min(began, *(on for on, _value, _group in read))
    last = max(began, *(on for on, _value, _group in read))

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def x(day: date) -> float:
        span = (last - first).days
        share = (day - first).days / span if span else 0.5
        return round(LEFT + 6 + share * (WIDTH - LEFT - RIGHT - 12), 1)

    def line(group: str, name: str) -> Line | None:
        points = [(x(on), y(value)) for on, value, whose in read if whose == group]
        if not points:
            return None
        dots = points if len(points) <= MOST_DOTS else points[-1:]
        return Line(" ".join(f"{a},{b}" for a, b in points), tuple(dots), name)

    groups = PilotReading.Group
    at = x(began)
    return Picture(
        pilot=line(groups.PILOT, told.measure.pilot.part),
        comparison=line(groups.COMPARISON, told.measure.comparison),
        heights=tuple(Mark(y(one), number(one)) for one in ticks),
        days=tuple(days_along(first, last, x)),
        start=Mark(at, _("start"), "end" if at > WIDTH / 2 else "start"),
        stop=level_at(stop, _("stop at %s"), y, None),
        words=in_words(told, began=began),
    )


def in_words(told: Measured, *, began: date) -> str:
    """What the picture shows, told."""
    sign = f" {told.measure.sign}" if told.measure.sign else ""
    groups = {
        PilotReading.Group.PILOT: told.measure.pilot.part,
        PilotReading.Group.COMPARISON: told.measure.comparison,
    }
    said = [_("%(what)s; it began on %(day)s") % {"what": told.measure.called, "day": _day(began)}]
    for group, name in groups.items():
        rows = [one for one in told.readings if one.group == group and one.value is not None]
        if rows:
            said.append(_course(name, rows, sign))
    return "; ".join(said) + "."


def _course(name: str, rows: Sequence[PilotReading], sign: str) -> str:
    first, last = rows[0], rows[-1]
    words = {
        "name": name,
        "count": len(rows),
        "first": number(first.value or Decimal(0)) + sign,
        "from": _day(first.on),
        "last": number(last.value or Decimal(0)) + sign,
        "to": _day(last.on),
    }
    if first is last:
        return _("%(name)s: %(last)s on %(to)s") % words
    return _("%(name)s: %(count)d readings, %(first)s on %(from)s to %(last)s on %(to)s") % words


def _day(day: date) -> str:
    return date_format(day, "j M Y")
