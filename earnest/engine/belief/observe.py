"""What each sort of evidence says of the state: one interval of one linear score.

Score = offset + w·x + ε with ε ~ N(0, 1). A yes or a deed is the interval (0, ∞), a no or a miss
(−∞, 0]; an answer of k is (c_{k−1}, c_k] (ordinal probit, McCullagh 1980; Albert and Chib 1993). Now
and then (``slip``) what happens follows no score but chance, all values alike, so that one surprise
overthrows nothing (the lapse rate of psychometrics: Wichmann and Hill 2001).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earnest.engine.belief.events import ANSWERS, CONDITIONS, DID, SAID, Event
from earnest.engine.belief.params import (
    BUSY,
    LASTING,
    MOVING,
    PASSING,
    POLITENESS,
    SIZE,
    Deed,
    Link,
    Params,
)
from earnest.engine.belief.probit import FAR, Floats
from earnest.engine.belief.record import Record, Sort

PAIRS: Final = tuple(
    (i, j) for i in range(SIZE) for j in range(i + 1)
)  # lower triangle, row by row
COLUMNS: Final = tuple(
    tuple(PAIRS.index((max(i, j), min(i, j))) for j in range(SIZE)) for i in range(SIZE)
)


class Seen[N](NamedTuple):
    """An observation: score in (low, high].

    ``parts`` of the state it depends on; weights w (8), C w (8); ``shift``, what a deed itself changes;
    ``chance`` of it by a slip, and ``sound``, how often there is none.
    """

    parts: tuple[int, ...]
    weights: Sequence[N]
    spread: Sequence[N]
    low: N
    high: N
    shift: N
    chance: N
    sound: N


def seen[N](parts: tuple[int, ...], numbers: Sequence[N]) -> Seen[N]:
    """An observation from the 21 numbers of ``observation``, in its order."""
    low, high, shift, chance, sound = numbers[2 * SIZE :]
    weights, spread = numbers[:SIZE], numbers[SIZE : 2 * SIZE]
    return Seen(parts, weights, spread, low, high, shift, chance, sound)


def seen_by_one(numbers: Sequence[float]) -> Seen[float]:
    """The same of one person, whose observation depends on few parts."""
    return seen(tuple(i for i in range(SIZE) if numbers[i]) or (PASSING,), numbers)


def observation(sort: Sort, step: int, params: Params) -> list[float]:
    """The numbers of ``Seen`` in its order; ``step`` is the value counted from 0."""
    return _observations(sort, params)[step]


def _observations(sort: Sort, params: Params) -> list[list[float]]:
    """One for each value such a sort can have.

    The bounds are those of w·(x − target), so that the filter need not know the target.
    """
    weights, offset = weights_of(sort, params)
    base = offset + sum(w * t for w, t in zip(weights, target(params), strict=True))
    common = [*weights, *_spread(weights, params)]
    cuts = (-FAR, *(params.cutpoints if sort.kind == SAID else (0.0,)), FAR)
    shifts = (-params.missed, params.done) if sort.kind == DID else (0.0,) * ANSWERS
    intervals = zip(cuts[:-1], cuts[1:], shifts, strict=False)
    slip = slip_of(sort, params)
    by_chance = [slip / (len(cuts) - 1), 1.0 - slip]
    return [[*common, low - base, high - base, shift, *by_chance] for low, high, shift in intervals]


def slip_of(sort: Sort, params: Params) -> float:
    """How often such evidence comes about by chance."""
    return params.stray if sort.kind == SAID else params.slip


def step_of(event: Event) -> int:
    """The value counted from 0."""
    return event.value - 1 if event.kind == SAID else event.value


def codes(record: Record) -> NDArray[np.int64]:
    """Each row's column in ``table``, (R,)."""
    said = [sort.kind == SAID for sort in record.sorts] or [False]
    first = np.cumsum([0, *np.where(said, ANSWERS, 2)])[:-1] - said
    return np.asarray(first[record.sort] + record.value, np.int64)


def table(sorts: Sequence[Sort], params: Params) -> Floats:
    """All observations there can be, sort by sort, as columns: (21, values)."""
    known = sorts or (Sort(DID, ""),)
    rows = [row for sort in known for row in _observations(sort, params)]
    return np.ascontiguousarray(np.array(rows).T)


def weights_of(sort: Sort, params: Params) -> tuple[list[float], float]:
    """w (8) and the offset of a sort of evidence."""
    link: Link = getattr(params, sort.kind)
    weights = [0.0] * SIZE
    weights[PASSING], weights[LASTING] = link.passing, link.lasting
    weights[POLITENESS], weights[BUSY] = link.politeness, -link.busy
    if sort.kind == SAID:
        number = CONDITIONS.index(sort.item)
        weights[number] = link.condition
        return weights, link.offset + params.ease[number]
    if sort.kind == DID:
        deed = dict(params.sorts).get(sort.item, Deed())
        return [weight * deed.weight for weight in weights], link.offset + deed.ease
    return weights, link.offset


def target(params: Params) -> tuple[float, ...]:
    """Where each part drifts to, (8,)."""
    return (*[params.mood] * len(CONDITIONS), params.trend, 0.0, 0.0, 0.0)


def prior_cov(params: Params) -> list[float]:
    """C (36,), lower triangle: the parts that pass hang together by their ties."""
    ties = [*params.ties, 0.0, 0.0, 0.0]
    return [1.0 if i == j else ties[i] * ties[j] for i, j in PAIRS]


def _spread(weights: Sequence[float], params: Params) -> list[float]:
    """C w (8)."""
    common = sum(params.ties[i] * weights[i] for i in MOVING)
    moving = [weights[i] * (1 - params.ties[i] ** 2) + params.ties[i] * common for i in MOVING]
    return [*moving, *weights[len(MOVING) :]]
