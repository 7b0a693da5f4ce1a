"""The map in steps over blocks of participants, in memory or beyond it: what a block gives adds up.

    rule   = rule_for(votes.width, moderated)
    sums   = Σ over blocks of sums_of(block, rule)
    spread = Σ over blocks of spread_of(block, sums.centre, rule)                  (S, S)
    axes   = axes_from(spread, sums.centre)
    places = for each block places_of(block, axes, rule)
    frame  = frame_of(places) of all blocks, widened by each other
    cells  = Σ over blocks of cells_of(places, frame)
    plan   = plan_from(cells)                     base clusters, k and groups (``plan``)
    seats  = for each block seats_of(places, plan)
    tally  = Σ over blocks of tally_of(block, seats.group, plan.k)
    told_of(tally, rule.counts)                   what the counts say (``told``)

``opinion_map`` runs exactly these. Where statements are very many (``axes.WIDE``) the scatter is not built:
``axes.leading_by_products`` asks for Σ over blocks of product_of(block, sums.centre, rule, vectors).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earnest.engine.opinion.found import LEAST_VOTES, Axes, Tally
from earnest.engine.opinion.votes import Bools, Floats, Groups, Votes, Whole

CELLS: Final = 128  # squares along each side of the frame
BLOCK: Final = 1 << 20  # votes of a block, about
_DENSE: Final = 1 << 21  # cells of the votes of a few people, written out
_ANSWERS: Final = np.array([-1.0, 0.0, 1.0])
_FEW: Final = 1 << 15  # people along directions in double precision
_FINE: Final = 1 << 20  # up to so many cells in all, the scatter is added up in double precision


@dataclass(frozen=True, slots=True)
class Rule:
    """Who and what shapes the map: voters with at least ``least`` votes on statements that do; ``counts``
    (S,) which do."""

    counts: Bools
    least: int

    @property
    def width(self) -> int:
        """S."""
        return len(self.counts)

    @property
    def left_out(self) -> int:
        """Statements that do not shape the map."""
        return int(len(self.counts) - self.counts.sum())


@dataclass(frozen=True, slots=True)
class Sums:
    """Of those who shape the map: ``people``, and per statement (S,) ``agree``, ``disagree`` and all votes
    ``seen``. Adds up."""

    people: int
    seen: Whole
    agree: Whole
    disagree: Whole

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.people + other.people,
            self.seen + other.seen,
            self.agree + other.agree,
            self.disagree + other.disagree,
        )

    @property
    def centre(self) -> Floats:
        """Mean vote on each statement, (S,); 0 where nobody voted."""
        return (self.agree - self.disagree) / np.maximum(self.seen, 1)

    @property
    def differences(self) -> float:
        """Σ of all squared votes less the centre: the trace of the scatter."""
        return float((self.agree + self.disagree - self.seen * self.centre**2).sum())


@dataclass(frozen=True, slots=True)
class Places:
    """Where the voters of a block are: ``x``, ``y`` (P,), ``shapes`` (P,) who shapes the map, ``placed``
    (P,) who voted on anything that shapes."""

    x: Floats
    y: Floats
    shapes: Bools
    placed: Bools


class Frame(NamedTuple):
    """The rectangle of all places that shape; ``widened`` by another."""

    left: float
    right: float
    low: float
    high: float

    def widened(self, other: Frame) -> Frame:
        return Frame(
            min(self.left, other.left),
            max(self.right, other.right),
            min(self.low, other.low),
            max(self.high, other.high),
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """People who shape, by small square of the frame, (CELLS²,): ``count``, and sums ``x``, ``y`` of their
    places. Adds up."""

    count: NDArray[np.int64]
    x: Floats
    y: Floats

    def __add__(self, other: Cells) -> Cells:
        return Cells(self.count + other.count, self.x + other.x, self.y + other.y)


def rule_for(width: int, moderated: ArrayLike = (), least: int = LEAST_VOTES) -> Rule:
    """The rule for S statements of which those numbered ``moderated`` do not shape the map."""
    counts = np.ones(width, bool)
    counts[np.asarray(moderated, dtype=np.int64)] = False
    return Rule(counts, max(min(least, int(counts.sum())), 1))


def sums_of(block: Votes, rule: Rule) -> Sums:
    """What a block of voters adds to the means: how many of them shape, and of each statement how
    many of these saw it, agreed and disagreed, (S,) each."""
    shapes, (_, statement, value) = _shaping(block, rule)
    answer = _answer(statement, value, rule.width)
    counts = np.bincount(answer, minlength=3 * rule.width).reshape(3, rule.width)
    return Sums(int(shapes.sum()), counts.sum(axis=0), counts[2], counts[0])


def spread_of(block: Votes, centre: Floats, rule: Rule) -> Floats:
    """What a block adds to the scatter (S, S): Σ over its shaping voters of d dᵀ, with d their votes less
    the centre, and 0 where they did not vote: the mean fills the gaps without being written there."""
    width = rule.width
    shapes, (row, statement, value) = _shaping(block, rule)
    people = int(shapes.sum())
    kind = np.float64 if people * width <= _FINE else np.float32
    away, scatter = _away(statement, value, centre, kind), np.zeros((width, width))
    for _, written in _written(people, width, (row, statement, away)):
        scatter += written.T @ written
    return scatter


def product_of(block: Votes, centre: Floats, rule: Rule, vectors: Floats) -> Floats:
    """The scatter of a block times ``vectors`` (S, n), without building it."""
    shapes, (row, statement, value) = _shaping(block, rule)
    away, people = value - centre[statement], int(shapes.sum())
    found = np.empty_like(vectors)
    for number, vector in enumerate(vectors.T):
        along = np.bincount(row, weights=away * vector[statement], minlength=people)
        found[:, number] = np.bincount(statement, weights=away * along[row], minlength=rule.width)
    return found


def places_of(block: Votes, axes: Axes, rule: Rule) -> Places:
    """Project a block: (votes − centre) · loadings, times √(statements / votes cast).

    As in Polis, a statement that does not shape the map counts as one everybody passed.
    """
    cast, (_row, statement, value) = _counting(block, rule)
    complex_loading = axes.loadings[0] + 1j * axes.loadings[1]  # both at once
    of_answer = (_ANSWERS[:, None] - axes.centre) * complex_loading
    along = of_answer.ravel()[_answer(statement, value, rule.width)]
    place = np.zeros(block.people, np.complex128)
    voted = cast > 0
    if len(along):
        place[voted] = np.add.reduceat(along, (np.cumsum(cast) - cast)[voted])
    place *= scale_of(cast, rule)
    return Places(place.real.copy(), place.imag.copy(), cast >= rule.least, voted)


def along_of(
    block: Votes, centre: Floats, rule: Rule, directions: Floats
) -> tuple[NDArray[np.floating[Any]], Whole]:
    """Coordinates of a block's voters along directions (S, r), not scaled, (P, r); and how many votes that
    count each cast, (P,)."""
    cast, (row, statement, value) = _counting(block, rule)
    kind = np.float64 if block.people <= _FEW else np.float32
    away = _away(statement, value, centre, kind)
    turned, found = directions.astype(kind), np.empty((block.people, directions.shape[1]), kind)
    for first, written in _written(block.people, rule.width, (row, statement, away)):
        found[first : first + len(written)] = written @ turned
    return found, cast


def scale_of(cast: Whole, rule: Rule) -> Floats:
    """√(statements / votes cast) of each voter, (P,), by their votes on statements that shape."""
    scale: Floats = np.sqrt(rule.width / np.maximum(cast + rule.left_out, 1))
    return scale


def frame_of(places: Places) -> Frame:
    """The rectangle of those who shape; of nobody, one that widens to any other."""
    x, y = places.x[places.shapes], places.y[places.shapes]
    if not len(x):
        return Frame(np.inf, -np.inf, np.inf, -np.inf)
    return Frame(float(x.min()), float(x.max()), float(y.min()), float(y.max()))


def cells_of(places: Places, frame: Frame) -> Cells:
    """Gather a block's shaping voters into small squares, so that grouping costs the same for any number
    of people."""
    x, y = places.x[places.shapes], places.y[places.shapes]
    cell = _along(x, frame.left, frame.right) * CELLS + _along(y, frame.low, frame.high)
    count = np.bincount(cell, minlength=CELLS * CELLS).astype(np.int64)
    across, up = (np.bincount(cell, weights=along, minlength=CELLS * CELLS) for along in (x, y))
    return Cells(count, across, up)


def tally_of(block: Votes, group: Groups, k: int) -> Tally:
    """Counts of a block by group, of all statements; ``group`` (P,), −1 for who is in none."""
    width, of_vote = block.width, np.repeat(group.astype(np.int64), block.cast)
    answer = _answer(block.statement, block.value, width) + of_vote * (3 * width)
    if len(group) and group.min() < 0:
        answer = answer[of_vote >= 0]
    counts = np.bincount(answer, minlength=k * 3 * width).reshape(k, 3, width)
    size = np.bincount(group[group >= 0], minlength=k).astype(np.int64)
    return Tally(counts[:, 2], counts[:, 0], counts[:, 1], size)


type _Rows = tuple[Whole, NDArray[np.int32], NDArray[np.int8]]


def _counting(block: Votes, rule: Rule) -> tuple[Whole, _Rows]:
    """How many votes each voter cast on statements that count (P,), and these votes: row of the voter,
    statement, value."""
    row = np.repeat(np.arange(block.people), block.cast)
    if rule.counts.all():
        return block.cast, (row, block.statement, block.value)
    kept = rule.counts[block.statement]
    row = row[kept]
    cast = np.bincount(row, minlength=block.people).astype(np.int64)
    return cast, (row, block.statement[kept], block.value[kept])


def _shaping(block: Votes, rule: Rule) -> tuple[Bools, _Rows]:
    """Who shapes (P,), and their votes that count, rows numbered among those who shape."""
    cast, (row, statement, value) = _counting(block, rule)
    shapes = cast >= rule.least
    if shapes.all():
        return shapes, (row, statement, value)
    kept, number = shapes[row], np.cumsum(shapes) - 1
    return shapes, (number[row[kept]], statement[kept], value[kept])


def _written(
    people: int, width: int, rows: tuple[Whole, NDArray[np.int32], NDArray[Any]]
) -> Iterator[tuple[int, NDArray[Any]]]:
    """The votes of a few people at a time written out, 0 where there is none: the first of them, (n, S)."""
    row, statement, away = rows
    place, many = row * width + statement, max(_DENSE // max(width, 1), 1)
    for first in range(0, people, many):
        low, high = np.searchsorted(row, (first, first + many))
        written = np.zeros((min(many, people - first), width), away.dtype)
        written.ravel()[place[low:high] - first * width] = away[low:high]
        yield first, written


def _away(
    statement: NDArray[np.int32], value: NDArray[np.int8], centre: Floats, kind: type[Any]
) -> NDArray[Any]:
    """Each vote less the centre."""
    of_answer = (_ANSWERS[:, None] - centre).astype(kind)
    return of_answer.ravel()[_answer(statement, value, len(centre))]


def _answer(statement: NDArray[np.int32], value: NDArray[np.int8], width: int) -> Whole:
    """Number of each answer among all 3 · S there are: those against first, then passes, then for."""
    return (value + 1).astype(np.int64) * width + statement


def _along(where: Floats, low: float, high: float) -> Whole:
    """Which square along one side."""
    width = (high - low) / CELLS
    if not width > 0:
        return np.zeros(len(where), np.int64)
    return np.clip(((where - low) / width).astype(np.int64), 0, CELLS - 1)
