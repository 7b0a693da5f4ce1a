"""What of a map of opinions may be shown, so that no version tells of anybody by subtraction.

Pure, beside ``groups.py``, whose rule this carries over to votes (privacy.md 7; opinion.md 6): groups
keep their people, and what is shown later is about five more, of whom two at least are on either side.

*Cells.* Who voted on a statement is in one group, and stays there until groups are founded anew. A
*figure* is about one statement in one group: how many voted, how many of them agree, how many do not.
It is shown first when five voted, and anew when five more did. Each side of it is shown

- as a number, when more than two are among them and more than two are not, and of those who came since
  the last time at least two are and two are not;
- as *most*, when at most two are not among them, or *few*, when at most two are: then from the first
  time on, for from a number to *most* would say that all who came since agree;
- or the figure rests as it was.

*What follows.* Take one voter, a statement, and one colleague of theirs who tells everything. In each
batch (who voted on it between two figures of their group) at least two are on either side, or up to two
may be: fixing the colleague takes one, so there is a world in which the voter agrees and one in which
they do not, both in keeping with every figure ever shown, whatever is added or subtracted. Who votes
anew only adds worlds. Groups do not overlap, so nothing shown of one says anything of another.

*Founded anew.* Groups are found anew only once the voters are twice as many as when they were founded,
and a statement comes back only when its whole, over all groups, could be shown beside its whole before.
Nobody is told who is in which group, but each their own. Not covered, as in ``groups.py``: two and more
who put together what they know; and, across a founding, who knows of everybody in which group they were.
Nor one who is several: an address without accounts asks nobody who they are, so whoever opens it in many
browsers knows all those votes, and hands the address to a single person beside them, learns theirs.

*Sizes and places.* Sizes are told in fives. Base clusters are drawn with five people or more, on a
coarse grid; never one person. Every group figure is hidden while one group has fewer than five.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from earnest.engine.groups import ALIKE, FEWEST

GRID: Final = 24  # steps across the picture
MOST, FEW, EXACT = "most", "few", ""

type Figures = dict[tuple[int, int], Figure]  # by group and statement


class Count(NamedTuple):
    """Votes of one group on one statement, as they are."""

    voted: int
    agree: int
    disagree: int


class Side(NamedTuple):
    """How many are on one side: a number, or at least (most) or at most (few) that number."""

    count: int  # type: ignore[assignment]  # no tuple is counted in here
    about: str = EXACT


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of one statement in one group."""

    voted: int
    agree: Side
    disagree: Side


def next_figure(stands: Figure | None, now: Count) -> Figure | None:
    """The figure that stands from now on: a new one where the rule allows, else the old."""
    more = now.voted - (stands.voted if stands else 0)
    if more < FEWEST:
        return stands
    agree = _side((stands.voted, stands.agree) if stands else None, now.voted, now.agree)
    against = (stands.voted, stands.disagree) if stands else None
    disagree = _side(against, now.voted, now.disagree)
    if agree is None or disagree is None:
        return stands
    return Figure(now.voted, agree, disagree)


def _side(before: tuple[int, Side] | None, voted: int, count: int) -> Side | None:
    """One side anew, beside what was shown of it; None where that may not be."""
    if count >= voted - ALIKE:
        may = before is None or before[1].about == MOST
        return Side(voted - ALIKE, MOST) if may else None
    if count <= ALIKE:
        return Side(ALIKE, FEW) if before is None or before[1].about == FEW else None
    if before is None:
        return Side(count)
    return Side(count) if _is_mixed(before, voted, count) else None


def _is_mixed(before: tuple[int, Side], voted: int, count: int) -> bool:
    """Of those who came since, at least two are on either side, whoever was before."""
    was, side = before
    came = voted - was
    if side.about == MOST:  # none, one or two were not among them: as if none
        return ALIKE <= voted - count <= came - ALIKE
    since = count if side.about == FEW else count - side.count
    return ALIKE <= since <= came - ALIKE


@dataclass(frozen=True, slots=True)
class Era:
    """Groups as they were founded: how many, of how many voters, and what is shown of them.

    ``whole`` is what was shown of each statement over all groups in the era before, as one figure.
    """

    k: int
    founded_with: int
    figures: Figures
    whole: Mapping[int, Figure]


def may_be_founded(stands: Era | None, *, voters: int) -> bool:
    """Whether groups may be found anew: never twice among nearly the same people."""
    return stands is None or voters >= 2 * stands.founded_with


def wholes(era: Era) -> dict[int, Figure]:
    """What the era shows of each statement, added up; with what was shown of it before that."""
    found = dict(era.whole)
    for statement in {statement for _group, statement in era.figures}:
        rows = [one for (_g, s), one in era.figures.items() if s == statement]
        found[statement] = Figure(
            sum(one.voted for one in rows),
            Side(sum(one.agree.count for one in rows)),
            Side(sum(one.disagree.count for one in rows)),
        )
    return found


def next_figures(era: Era, now: Mapping[tuple[int, int], Count]) -> Figures:
    """All figures that stand from now on. A statement is shown in every group, or in none."""
    found = {cell: next_figure(era.figures.get(cell), count) for cell, count in now.items()}
    shown: Figures = {}
    for statement in {statement for _group, statement in now}:
        cells = [(group, statement) for group in range(era.k)]
        figures = [found.get(cell) for cell in cells]
        if None in figures:
            continue
        is_new = cells[0] not in era.figures
        if is_new and not _may_follow(era.whole.get(statement), figures):
            continue
        shown |= {cell: one for cell, one in zip(cells, figures, strict=True) if one}
    return shown | {cell: one for cell, one in era.figures.items() if cell not in shown}


def _may_follow(whole: Figure | None, figures: Sequence[Figure | None]) -> bool:
    """After a founding: its whole now beside its whole before, as if it were one group."""
    if whole is None:
        return True
    rows = [one for one in figures if one]
    now = Count(
        sum(one.voted for one in rows),
        sum(one.agree.count for one in rows),
        sum(one.disagree.count for one in rows),
    )
    follows = next_figure(whole, now)
    return follows is not None and follows is not whole


def about(people: int) -> int:
    """How many, in fives: the nearest below, five at least."""
    return max(FEWEST, people - people % FEWEST)


class Place(NamedTuple):
    """People close together, of one group."""

    x: float
    y: float
    group: int
    count: int  # type: ignore[assignment]  # as of a side


def drawn(bases: Sequence[Place]) -> list[Place]:
    """Base clusters of five people and more, on the grid: what is too small joins what is nearest.

    A group of fewer than five is not drawn.
    """
    places: list[Place] = []
    for group in sorted({one.group for one in bases}):
        places += _joined([one for one in bases if one.group == group])
    return _on_grid(places)


def _joined(bases: list[Place]) -> list[Place]:
    """The smallest first, joined to its nearest, until each is five."""
    rows = sorted(bases, key=lambda one: (one.count, one.x, one.y))
    while rows and rows[0].count < FEWEST:
        least = rows.pop(0)
        if not rows:
            return []
        nearest = min(rows, key=lambda one: (one.x - least.x) ** 2 + (one.y - least.y) ** 2)
        rows.remove(nearest)
        rows.append(_together(least, nearest))
        rows.sort(key=lambda one: (one.count, one.x, one.y))
    return rows


def _together(one: Place, other: Place) -> Place:
    count = one.count + other.count
    x = (one.x * one.count + other.x * other.count) / count
    return Place(x, (one.y * one.count + other.y * other.count) / count, one.group, count)


def _on_grid(places: list[Place]) -> list[Place]:
    """In steps of the picture, from its left and its low side; counts in fives."""
    if not places:
        return []
    left, low = min(one.x for one in places), min(one.y for one in places)
    wide = max(max(one.x for one in places) - left, max(one.y for one in places) - low) or 1.0
    step = wide / GRID
    cells: dict[tuple[int, int, int], int] = {}
    for one in places:
        cell = (round((one.x - left) / step), round((one.y - low) / step), one.group)
        cells[cell] = cells.get(cell, 0) + one.count
    return [Place(x, y, group, about(count)) for (x, y, group), count in sorted(cells.items())]
