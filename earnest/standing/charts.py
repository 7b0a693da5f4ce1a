"""The numbers of one picture: what was said and done in groups, as published, over time (2.3, 3.1).

Drawn by ``pages/sponsor_chart.html``; beside it stand its words and its table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.standing.queries import AsOf, Shown

WIDTH, HEIGHT = 480, 210
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 18, 28


@dataclass(frozen=True, slots=True)
class Level:
    """A share of the people, and how high it stands."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units; lines as SVG has them."""

    said: str
    did: str
    levels: tuple[Level, ...]
    first: str
    last: str
    said_end: Level | None
    did_end: Level | None
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def picture_of(course: list[AsOf]) -> Picture | None:
    """None while there is nothing to compare: one day alone is a table."""
    days = sorted({localtime(one.at).date() for one in course})
    if len(days) < 2:
        return None
    x = along(course[0].at, course[-1].at, LEFT + 6, WIDTH - LEFT - RIGHT - 12)
    said = [(x(one.at), one.said) for one in course if one.said]
    did = [(x(one.at), one.did) for one in course if one.did]
    return Picture(
        said=_line(said),
        did=_line(did),
        levels=tuple(Level(height(share), f"{share} %") for share in (0, 25, 50, 75, 100)),
        first=date_format(days[0], "j M Y"),
        last=date_format(days[-1], "j M Y"),
        said_end=_end(said, _("said yes, %d %%"), above=not _is_higher(did, said)),
        did_end=_end(did, _("did it, %d %%"), above=_is_higher(did, said)),
        words=in_words(course),
    )


def along(
    first: datetime, last: datetime, begin: float, width: float
) -> Callable[[datetime], float]:
    """Where a moment stands along a picture's foot: ``first`` at ``begin``, ``last`` ``width`` on."""
    span = (last - first).total_seconds() or 1

    def x(at: datetime) -> float:
        return round(begin + (at - first).total_seconds() / span * width, 1)

    return x


def height(share: float) -> float:
    return round(HEIGHT - BOTTOM - share / 100 * (HEIGHT - TOP - BOTTOM), 1)


def _line(points: Points) -> str:
    """A figure stands until the next: the line goes in steps."""
    drawn: list[str] = []
    for n, (x, shown) in enumerate(points):
        if n:
            drawn.append(f"{x},{height(points[n - 1][1].percent)}")
        drawn.append(f"{x},{height(shown.percent)}")
    return " ".join(drawn)


type Points = list[tuple[float, Shown]]


def _is_higher(one: Points, other: Points) -> bool:
    """Whether a line ends above the other: the words of the lower one stand below it."""
    return bool(one and other) and one[-1][1].percent > other[-1][1].percent


def _end(points: Points, words: str, *, above: bool) -> Level | None:
    if not points:
        return None
    share = points[-1][1].percent
    y = height(share) - 7 if above else height(share) + 16
    return Level(min(y, HEIGHT - BOTTOM - 3), words % share)


def in_words(course: list[AsOf]) -> str:
    """What the picture shows, told."""
    told = [_said(course[0]), _said(course[-1])]
    return " ".join(told)


def _said(one: AsOf) -> str:
    day = date_format(localtime(one.at), "j M Y")
    parts = []
    if one.said:
        parts.append(_("%d %% had said yes") % one.said.percent)
    if one.did:
        parts.append(_("%d %% had done it") % one.did.percent)
    return _("On %(day)s %(what)s.") % {"day": day, "what": _(" and ").join(parts)}
