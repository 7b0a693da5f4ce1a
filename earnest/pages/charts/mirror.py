"""Two lines one can read at a glance, what I pushed and what came back, and what they say (0.5).

340 units wide, so that on a phone a unit is about a point. Beside the picture stand its words and
its table. The sentence compares weeks with weeks and claims no cause: who pushed most may have
had the hardest weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from statistics import fmean, median

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.pages.queries.mirror import Week

WIDTH, HEIGHT = 340, 170
LEFT, RIGHT, TOP, BOTTOM = 30, 8, 12, 24
SMALL_WIDTH, SMALL_HEIGHT = 120, 30
ROUND = (1, 2, 5, 10, 20, 25, 50)
LEAST_WEEKS, LEAST_OF_EACH, LEAST_PUSHES = 8, 3, 10
CLEAR = 1.64  # one in ten by chance, either way: less is called no difference


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place of the picture."""

    at: float
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TwoLines:
    """All there is to draw, in the picture's own units."""

    pushed: str  # points, as SVG has them
    back: str
    heights: tuple[Mark, ...]
    days: tuple[Mark, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


@dataclass(frozen=True, slots=True)
class SmallLines:
    """The same without words around it, for one person in a list."""

    pushed: str
    back: str
    words: str
    width: int = SMALL_WIDTH
    height: int = SMALL_HEIGHT


def two_lines(weeks: Sequence[Week]) -> TwoLines:
    """The picture of these weeks, in order."""
    step, top = _scale(max(max(one.pushed, one.back) for one in weeks))

    def y(count: float) -> float:
        return round(HEIGHT - BOTTOM - count / top * (HEIGHT - TOP - BOTTOM), 1)

    places = _places(len(weeks), LEFT + 4, WIDTH - RIGHT - 4)
    return TwoLines(
        pushed=_points(places, [y(one.pushed) for one in weeks]),
        back=_points(places, [y(one.back) for one in weeks]),
        heights=tuple(Mark(y(one), number_format(one)) for one in range(0, top + 1, step)),
        days=_days(weeks, places),
        words=in_words(weeks),
    )


def small_lines(weeks: Sequence[Week]) -> SmallLines:
    """Two lines of one person, each on a scale of their own: nobody is compared by height."""
    top = max(2, *(max(one.pushed, one.back) for one in weeks))
    places = _places(len(weeks), 2, SMALL_WIDTH - 2)

    def y(count: int) -> float:
        return round(SMALL_HEIGHT - 3 - count / top * (SMALL_HEIGHT - 6), 1)

    return SmallLines(
        pushed=_points(places, [y(one.pushed) for one in weeks]),
        back=_points(places, [y(one.back) for one in weeks]),
        words=in_words(weeks),
    )


def _scale(most: int) -> tuple[int, int]:
    """Whole numbers along the side, three or four of them."""
    least = max(1, ceil(most / 3))
    unit = 1
    while least > ROUND[-1] * unit:
        unit *= 10
    step = next(one * unit for one in ROUND if one * unit >= least)
    return step, max(step * ceil(most / step), step)


def _places(count: int, first: float, last: float) -> list[float]:
    gap = (last - first) / max(count - 1, 1)
    return [round(first + gap * n, 1) for n in range(count)]


def _points(places: Sequence[float], heights: Sequence[float]) -> str:
    return " ".join(f"{x},{y}" for x, y in zip(places, heights, strict=True))


def _days(weeks: Sequence[Week], places: Sequence[float]) -> tuple[Mark, ...]:
    middle = len(weeks) // 2
    anchors = {0: "start", middle: "middle", len(weeks) - 1: "end"}
    return tuple(
        Mark(places[n], date_format(weeks[n].monday, "j M"), anchor)
        for n, anchor in sorted(anchors.items())
    )


def in_words(weeks: Sequence[Week]) -> str:
    """What the picture shows, told."""
    count = len(weeks)
    said = ngettext(
        "In %(count)d week: pushed %(pushed)d, came back %(back)d, no or silence %(no)d.",
        "In %(count)d weeks: pushed %(pushed)d, came back %(back)d, no or silence %(no)d.",
        count,
    )
    return said % {
        "count": count,
        "pushed": sum(one.pushed for one in weeks),
        "back": sum(one.back for one in weeks),
        "no": sum(one.no_or_silent for one in weeks),
    }


@dataclass(frozen=True, slots=True)
class Compared:
    """The weeks after much pushing beside those after little."""

    much: tuple[float, ...]  # what came back in the week after each
    little: tuple[float, ...]
    much_pushed: float  # a week, on average
    little_pushed: float
    much_no: float
    little_no: float

    @property
    def verdict(self) -> int:
        """1: more came back after much pushing; -1: less; 0: no clear difference."""
        clear = rank_difference(self.much, self.little)
        return (clear >= CLEAR) - (clear <= -CLEAR)


def compare(weeks: Sequence[Week]) -> Compared | None:
    """Weeks from the first push on, each beside the week after it; None where there is too little.

    The week it is does not count: it is not over.
    """
    over = list(weeks[:-1])
    while over and not over[0].pushed:
        over.pop(0)
    pairs = list(pairwise(over))
    if len(pairs) < LEAST_WEEKS or sum(one.pushed for one, _next in pairs) < LEAST_PUSHES:
        return None
    usual = median(one.pushed for one, _next in pairs)
    much = [pair for pair in pairs if pair[0].pushed > usual]
    little = [pair for pair in pairs if pair[0].pushed <= usual]
    if min(len(much), len(little)) < LEAST_OF_EACH:
        return None
    return Compared(
        much=tuple(after.back for _week, after in much),
        little=tuple(after.back for _week, after in little),
        much_pushed=fmean(week.pushed for week, _after in much),
        little_pushed=fmean(week.pushed for week, _after in little),
        much_no=fmean(after.no_or_silent for _week, after in much),
        little_no=fmean(after.no_or_silent for _week, after in little),
    )


def rank_difference(these: Sequence[float], those: Sequence[float]) -> float:
    """How clearly these lie above those: the Mann-Whitney statistic in standard deviations.

    With ties counted as halves and their correction of the variance (Lehmann, Nonparametrics,
    1975); 0 where all are alike. For 8 to 25 weeks, as here, the normal approximation will do.
    """
    n, m = len(these), len(those)
    wins = sum((a > b) + (a == b) / 2 for a in these for b in those)
    everything = [*these, *those]
    ties = sum(everything.count(one) ** 3 - everything.count(one) for one in set(everything))
    total = n + m
    variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    return (wins - n * m / 2) / sqrt(variance) if variance > 0 else 0.0


def sentence(weeks: Sequence[Week]) -> str:
    """What the two lines say, in plain words, and never why."""
    found = compare(weeks)
    if found is None:
        return _(
            "Too little to say yet. From about two months of weeks on, this line compares the "
            "weeks after much pushing with those after little."
        )
    verdicts = {
        1: _("More pushing went with more coming back."),
        0: _("More pushing went with neither more nor less coming back."),
        -1: _("More pushing went with less coming back."),
    }
    told = _(
        "In the weeks after you pushed most (%(much_pushed)s a week), %(much)s came back, and "
        "%(much_no)s times it was no or silence; after the quieter weeks (%(little_pushed)s a "
        "week), %(little)s came back, and %(little_no)s times it was no or silence. This is what "
        "happened, and not why."
    )
    values = {
        "much_pushed": _one(found.much_pushed),
        "little_pushed": _one(found.little_pushed),
        "much": _one(fmean(found.much)),
        "little": _one(fmean(found.little)),
        "much_no": _one(found.much_no),
        "little_no": _one(found.little_no),
    }
    return f"{verdicts[found.verdict]} {told % values}"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def per_ten(self) -> str:
        """How many there are to ten; nothing where there is none to count."""
        return _one(10 * self.part / self.whole) if self.whole else ""


@dataclass(frozen=True, slots=True)
class Over:
    """A share over all weeks, in the earlier half of them, and in the later."""

    whole: Share
    earlier: Share
    later: Share


@dataclass(frozen=True, slots=True)
class Reflected:
    """Everything on the page that is drawn or counted from the weeks."""

    picture: TwoLines
    sentence: str
    is_empty: bool
    talk_first: Over
    hints: Over
    hints_line: str  # points: hints in ten mails, week by week
    kept: int
    kept_late: int
    moved: int
    missed: int


def reflected(weeks: Sequence[Week]) -> Reflected:
    """All of it, from weeks in order."""
    totals = {name: _sum(weeks, name) for name in ("kept", "kept_late", "moved", "missed")}
    return Reflected(
        picture=two_lines(weeks),
        sentence=sentence(weeks),
        is_empty=not any(one.pushed or one.back or one.no_or_silent for one in weeks),
        talk_first=_over(weeks, "heard_first", "pitched"),
        hints=_over(weeks, "hints", "sent"),
        hints_line=_hints_line(weeks),
        **totals,
    )


def _sum(weeks: Sequence[Week], name: str) -> int:
    return sum(one.counts[name] for one in weeks)


def _over(weeks: Sequence[Week], part: str, whole: str) -> Over:
    half = len(weeks) // 2
    return Over(
        *(
            Share(_sum(some, part), _sum(some, whole))
            for some in (weeks, weeks[:half], weeks[half:])
        )
    )


def _hints_line(weeks: Sequence[Week]) -> str:
    """Weeks without mail have no wording, and so no point."""
    places = _places(len(weeks), 2, SMALL_WIDTH - 2)
    there = [(x, one.counts) for x, one in zip(places, weeks, strict=True) if one.counts["sent"]]
    shares = [counts["hints"] / counts["sent"] for _x, counts in there]
    top = max(1.0, *shares) if shares else 1.0
    heights = [round(SMALL_HEIGHT - 3 - one / top * (SMALL_HEIGHT - 6), 1) for one in shares]
    return _points([x for x, _counts in there], heights)


def _one(value: float) -> str:
    return number_format(value, decimal_pos=1)
