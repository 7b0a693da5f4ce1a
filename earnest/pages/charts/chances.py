"""The numbers of one picture: a person's chance over time, with the band it lies in.

Drawn by ``pages/estimate_chart.html``; beside it stand its words, and its table behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.standing.charts import along

WIDTH, HEIGHT = 480, 190
LEFT, RIGHT, TOP, BOTTOM = 62, 12, 16, 28


@dataclass(frozen=True, slots=True)
class Moment:
    """The chance as it was estimated then, and what it lies between four times in five."""

    at: datetime
    value: float
    low: float
    high: float

    @property
    def percents(self) -> tuple[int, int, int]:
        return round(100 * self.value), round(100 * self.low), round(100 * self.high)


@dataclass(frozen=True, slots=True)
class Level:
    """A chance along the side, and how high it stands."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units."""

    band: str
    line: str
    end: tuple[float, float]
    levels: tuple[Level, ...]
    first: str
    last: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def picture_of(history: Sequence[Moment]) -> Picture | None:
    """None while there is nothing to compare: moments of one day are one figure."""
    if not history or localtime(history[0].at).date() == localtime(history[-1].at).date():
        return None
    x = along(history[0].at, history[-1].at, LEFT + 4, WIDTH - LEFT - RIGHT - 10)
    line = [(x(one.at), _height(one.value)) for one in history]
    above = [(x(one.at), _height(one.high)) for one in history]
    below = [(x(one.at), _height(one.low)) for one in reversed(history)]
    return Picture(
        band=_points([*above, *below]),
        line=_points(line),
        end=line[-1],
        levels=tuple(
            Level(_height(share), words)
            for share, words in ((0.0, "0"), (0.5, _("1 in 2")), (1.0, _("always")))
        ),
        first=date_format(localtime(history[0].at), "j M Y"),
        last=date_format(localtime(history[-1].at), "j M Y"),
        words=_in_words(history[0], history[-1]),
    )


def _height(chance: float) -> float:
    return round(HEIGHT - BOTTOM - chance * (HEIGHT - TOP - BOTTOM), 1)


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in line)


def _in_words(first: Moment, last: Moment) -> str:
    then, now = first.percents, last.percents
    told = {
        "day": date_format(localtime(first.at), "j M Y"),
        "then": then[0],
        "now": now[0],
        "low": now[1],
        "high": now[2],
    }
    return (
        _(
            "The chance of the next agreed step: %(then)d in 100 on %(day)s, %(now)d in 100 now, "
            "somewhere between %(low)d and %(high)d."
        )
        % told
    )
