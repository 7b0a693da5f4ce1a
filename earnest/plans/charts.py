"""The numbers of one picture: a measure over time, with where it began and where it should be (2.20).

Drawn by ``plans/chart.html``: 340 units wide, so that on a phone a unit is about a point and its
words can be read. Colours are the style sheet's; beside the picture stand its words and its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from earnest.initiatives.models import Measure, Reading
from earnest.plans.queries.measures import number

WIDTH, HEIGHT = 340, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 16, 26
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_DOTS = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place of the picture."""

    at: float
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the picture, with its word above or below it."""

    y: float
    word_y: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units."""

    line: str  # the points of the readings, as SVG has them
    dots: tuple[tuple[float, float], ...]
    heights: tuple[Mark, ...]  # values along the side
    days: tuple[Mark, ...]
    baseline: Level | None
    target: Level | None
    words: str  # the same for who does not see it
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def picture_of(measure: Measure, readings: Sequence[Reading]) -> Picture | None:
    """The picture of one measure; None where nothing was read yet. Readings in order of days."""
    read = [(one.on, one.value) for one in readings if one.value is not None]
    if not read:
        return None
    levels = [one for one in (measure.baseline, measure.target) if one is not None]
    low, high, ticks = scale_of([*levels, *(value for _on, value in read)])
    first, last = read[0][0], read[-1][0]

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def x(day: date) -> float:
        span = (last - first).days
        share = (day - first).days / span if span else 0.5
        return round(LEFT + 6 + share * (WIDTH - LEFT - RIGHT - 12), 1)

    points = [(x(day), y(value)) for day, value in read]
    return Picture(
        line=" ".join(f"{a},{b}" for a, b in points),
        dots=tuple(points if len(points) <= MOST_DOTS else points[-1:]),
        heights=tuple(Mark(y(one), number(one)) for one in ticks),
        days=tuple(days_along(first, last, x)),
        baseline=level_at(measure.baseline, _("began at %s"), y, measure.target),
        target=level_at(measure.target, _("to be %s"), y, measure.baseline),
        words=in_words(measure, read),
    )


def scale_of(values: Iterable[Decimal]) -> tuple[Decimal, Decimal, list[Decimal]]:
    """Round heights that hold all values, three or four of them."""
    several = list(values)
    low, high = min(several), max(several)
    if low == high:
        low, high = low - 1, high + 1
    step = _round_step((high - low) / 3)
    bottom = (low / step).to_integral_value(rounding="ROUND_FLOOR") * step
    top = (high / step).to_integral_value(rounding="ROUND_CEILING") * step
    ticks, height = [], bottom
    while height <= top:
        ticks.append(height)
        height += step
    return bottom, top, ticks


def _round_step(least: Decimal) -> Decimal:
    """The next round number: 1, 2, 2.5 or 5, with noughts."""
    unit = Decimal(10) ** least.adjusted()
    return next(one * unit for one in STEPS if one * unit >= least)


def days_along(first: date, last: date, x: Callable[[date], float]) -> list[Mark]:
    """The first and the last day, and the one between where there is room for it."""
    if first == last:
        return [Mark(x(first), _short(first, last), "middle")]
    marks = [Mark(x(first), _short(first, last), "start"), Mark(x(last), _short(last, last), "end")]
    if (last - first).days > 1:
        middle = first + timedelta(days=(last - first).days // 2)
        marks.insert(1, Mark(x(middle), _short(middle, last), "middle"))
    return marks


def _short(day: date, last: date) -> str:
    """With its year where that is not the last one's, and no day of the month over many years."""
    return date_format(day, "j M" if day.year == last.year else "M Y")


def level_at(
    value: Decimal | None, words: str, y: Callable[[Decimal], float], other: Decimal | None
) -> Level | None:
    """The word stands on the side of the line where the other line is not."""
    if value is None:
        return None
    height = y(value)
    above = other is None or value >= other
    word_y = height - 4 if above else height + 13
    return Level(height, min(max(word_y, 12), HEIGHT - BOTTOM - 2), words % number(value))


def in_words(measure: Measure, read: Sequence[tuple[date, Decimal]]) -> str:
    """What the picture shows, told."""
    unit = f" {measure.unit}" if measure.unit else ""

    def said(at: tuple[date, Decimal]) -> str:
        return _("%(value)s on %(day)s") % {
            "value": number(at[1]) + unit,
            "day": date_format(at[0], "j M Y"),
        }

    told = [f"{measure.name}: {said(read[0])}"]
    if len(read) > 1:
        told.append(_("%(count)d readings, the last %(said)s") % _last(read, said(read[-1])))
    if measure.baseline is not None:
        told.append(_("it began at %s") % (number(measure.baseline) + unit))
    if measure.target is not None:
        told.append(_("it should be %s") % (number(measure.target) + unit))
    return "; ".join(told) + "."


def _last(read: Sequence[tuple[date, Decimal]], said: str) -> dict[str, object]:
    return {"count": len(read), "said": said}
