"""The spread as a picture: a line for each part, in the order of the tree; time goes to the right.

Drawn by ``pilots/spread_chart.html``. The table behind says the same, row by row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.pilots.models import CardVersion
from earnest.pilots.queries.spread import ENDED, RUNNING, PartRow, Ran, Spread
from earnest.plans.charts import Mark, days_along

WIDTH, ROW, TOP, BOTTOM = 560, 30, 12, 28
NAMES, RIGHT, INDENT, MOST_LETTERS = 150, 12, 10, 20

type _Along = Callable[[date], float]

BECAME = {
    **dict(CardVersion.Outcome.choices),
    RUNNING: gettext_lazy("running"),
    ENDED: gettext_lazy("ended, no card to read yet"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A pilot: from where to where, and the mark at its end."""

    x: float
    width: float
    end: float
    became: str


@dataclass(frozen=True, slots=True)
class Line:
    """One part."""

    y: float
    name: str
    name_x: int
    asked: tuple[float, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units."""

    lines: tuple[Line, ...]
    days: tuple[Mark, ...]
    height: int
    words: str
    width: int = WIDTH
    left: int = NAMES
    right: int = WIDTH - RIGHT


def picture_of(spread: Spread) -> Picture | None:
    """None where nothing was asked for and nothing began."""
    begins = [row.first for row in spread.rows if row.first]
    if not begins:
        return None
    first = min(begins)
    last = max([spread.today, *(one.until for row in spread.rows for one in row.ran)])
    last = max(last, first + timedelta(days=7))

    def x(day: date) -> float:
        share = (day - first).days / (last - first).days
        return round(NAMES + 8 + share * (WIDTH - NAMES - RIGHT - 16), 1)

    height = TOP + ROW * len(spread.drawn) + BOTTOM
    return Picture(
        lines=tuple(_line(row, at, x) for at, row in enumerate(spread.drawn)),
        days=tuple(days_along(first, last, x)),
        height=height,
        words=in_words(spread),
    )


def _line(row: PartRow, at: int, x: _Along) -> Line:
    room = MOST_LETTERS - row.depth * 2
    name = row.name if len(row.name) <= room else f"{row.name[: max(room - 1, 4)]}…"
    return Line(
        y=TOP + ROW * at + ROW / 2,
        name=name,
        name_x=4 + INDENT * min(row.depth, 8),
        asked=tuple(x(day) for day in row.asked),
        bars=tuple(_bar(one, x) for one in row.ran),
    )


def _bar(one: Ran, x: _Along) -> Bar:
    begins, ends = x(one.began), x(one.until)
    return Bar(begins, max(round(ends - begins, 1), 2), ends, one.became)


def in_words(spread: Spread) -> str:
    """What the picture shows, told."""
    told = [
        _("Asked for: %d.") % spread.asked,
        _("Begun: %d.") % spread.begun,
        _("Helped: %d.") % spread.helped,
    ]
    if spread.people is not None:
        told.append(_("%d people are in parts where one began.") % spread.people)
    return " ".join(told)


def said(became: str) -> str:
    """What became of a pilot, in words."""
    return str(BECAME[became])
