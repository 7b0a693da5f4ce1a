"""The numbers of one picture: said and done over time, each a line, and what lies between (2.3, 3.1).

Drawn by ``pages/overview_chart.html``. Colours are the style sheet's; beside the picture stand its
words and its table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from earnest.pages.queries.overview import SaidAndDone, Week

WIDTH, HEIGHT = 480, 236
LEFT, RIGHT, TOP, BOTTOM = 54, 10, 16, 30
MOST_DAYS = 5
LETTER = 7.5  # how wide one is, with room to spare
type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Side:
    """A share along the side, as it is written and how high it stands."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A Monday below the picture; ``rare`` ones are left out where there is little room."""

    x: float
    text: str
    anchor: str
    rare: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its points, where it ends, what is written there, and how high."""

    points: str
    end: Point
    text: str
    text_y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw, in the picture's own units."""

    said: Line
    did: Line
    behind: str  # said, and not done: the area between, as an SVG path
    ahead: str  # done without a yes in words
    sides: tuple[Side, ...]
    days: tuple[Day, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def picture_of(found: SaidAndDone) -> Picture:
    """Said and done, week by week; one week alone is a point in the middle."""
    weeks = found.weeks

    def x(n: int) -> float:
        share = n / (len(weeks) - 1) if len(weeks) > 1 else 0.5
        return round(LEFT + 6 + share * (WIDTH - LEFT - RIGHT - 12), 1)

    now = found.now
    said = [(x(n), height(one.said_share)) for n, one in enumerate(weeks)]
    did = [(x(n), height(one.did_share)) for n, one in enumerate(weeks)]
    said_words, did_words = now_in_words(now)
    on_top = said[-1][1] <= did[-1][1]
    above, below = _beside([*said, *did], max(said_words, did_words, key=len))
    return Picture(
        said=Line(_path(said), said[-1], said_words, above if on_top else below),
        did=Line(_path(did), did[-1], did_words, below if on_top else above),
        behind=_between(said, did),
        ahead=_between(did, said),
        sides=tuple(Side(height(share / 100), f"{share} %") for share in (0, 25, 50, 75, 100)),
        days=tuple(_days(weeks, x)),
        words=in_words(found),
    )


def height(share: float) -> float:
    """Where a share from 0 to 1 stands; what is more, by a count that ran ahead, stays inside."""
    return round(HEIGHT - BOTTOM - min(share, 1.0) * (HEIGHT - TOP - BOTTOM), 1)


def _path(points: Iterable[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _between(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """The area where one line runs above the other (y counts downwards), cut where they cross."""
    both = _with_crossings(upper, lower)
    pieces = []
    for is_above, found in groupby(pairwise(both), key=_runs_above):
        if is_above:
            steps = list(found)
            edge = [steps[0][0], *(step[1] for step in steps)]
            top = [(x, y) for x, y, _low in edge]
            bottom = [(x, low) for x, _y, low in reversed(edge)]
            pieces.append(f"M{_path(top)} L{_path(bottom)} Z")
    return " ".join(pieces)


type Step = tuple[float, float, float]  # how far along, and how high each line is there


def steps_of(found: SaidAndDone) -> list[Step]:
    """Both lines as shares from 0 to 1, said first, with a step wherever they cross: for paper."""
    last = max(1, len(found.weeks) - 1)
    said = [(n / last, one.said_share) for n, one in enumerate(found.weeks)]
    did = [(n / last, one.did_share) for n, one in enumerate(found.weeks)]
    return _with_crossings(said, did, places=4)


def _runs_above(step: tuple[Step, Step]) -> bool:
    (_x, y, low), (_x2, y2, low2) = step
    return y + y2 < low + low2


def _with_crossings(
    upper: Sequence[Point], lower: Sequence[Point], *, places: int = 1
) -> list[Step]:
    steps = [(x, y, low) for (x, y), (_x, low) in zip(upper, lower, strict=True)]
    out = steps[:1]
    for (x, y, low), (x2, y2, low2) in pairwise(steps):
        before, after = low - y, low2 - y2
        if before * after < 0:
            share = before / (before - after)
            cross = round(y + share * (y2 - y), places)
            out.append((round(x + share * (x2 - x), places), cross, cross))
        out.append((x2, y2, low2))
    return out


def _days(weeks: Sequence[Week], x: Callable[[int], float]) -> list[Day]:
    """The first and the last Monday, and some between as there is room."""
    last = len(weeks) - 1
    if not last:
        return [Day(x(0), _short(weeks[0], weeks), "middle", rare=False)]
    every = max(1, -(-last // (MOST_DAYS - 1)))
    chosen = [n for n in range(0, last, every) if n == 0 or last - n >= every * 0.7]
    anchors = {0: "start", last: "end"}
    return [
        Day(x(n), _short(weeks[n], weeks), anchors.get(n, "middle"), rare=n not in anchors)
        for n in [*chosen, last]
    ]


def _short(week: Week, weeks: Sequence[Week]) -> str:
    same_year = week.begins.year == weeks[-1].begins.year
    return date_format(week.begins, "j M" if same_year else "j M Y")


def _beside(points: Sequence[Point], words: str) -> tuple[float, float]:
    """How high words stand at the end of the lines, so that they run over neither of them."""
    begins = WIDTH - RIGHT - LETTER * len(words)
    near = [y for x, y in points if x >= begins] or [y for _x, y in points]
    return max(min(near) - 9, TOP - 4), min(max(near) + 18, HEIGHT - BOTTOM - 4)


def now_in_words(now: Week) -> tuple[str, str]:
    """What stands at the end of each line: said, then done."""
    people = counted(now.people)
    return (
        _("said yes, %(n)s of %(all)s") % {"n": counted(now.said), "all": people},
        _("did it, %(n)s of %(all)s") % {"n": counted(now.did), "all": people},
    )


def counted(n: int) -> str:
    """A number as the reader groups its digits."""
    return number_format(n, force_grouping=True)


def in_words(found: SaidAndDone) -> str:
    """What the picture shows, told."""
    now, first = found.now, found.weeks[0]
    told = [
        _("Of %(all)s people on it, %(said)s had said yes at least once (%(said_share)s %%), and "
          "%(did)s had done it at least once (%(did_share)s %%).")
        % {
            "all": counted(now.people),
            "said": counted(now.said),
            "did": counted(now.did),
            **_shares(now),
        }
    ]  # fmt: skip
    if len(found.weeks) > 1:
        told.append(
            _("In the week of %(day)s it was %(said_share)s %% and %(did_share)s %%.")
            % {"day": date_format(first.begins, "j M Y"), **_shares(first)}
        )
    if found.unsaid:
        told.append(_("Who did it without a yes in words: %s.") % counted(found.unsaid))
    return " ".join(told)


def _shares(week: Week) -> dict[str, int]:
    return {"said_share": per_cent(week.said_share), "did_share": per_cent(week.did_share)}


def per_cent(share: float) -> int:
    return round(100 * share)
