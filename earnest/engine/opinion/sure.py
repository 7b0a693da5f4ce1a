"""How sure the groups are: the people are drawn anew, again and again, and grouped again (Efron 1979; the
stability of clusters as in Hennig 2007).

In each draw the axes, the base clusters' places, k and the groups are found anew. Everybody is then where
the new axes put them, and counts as staying if that is in the group that most people of their group are
in. The axes of a draw are sought among the ``ROOM`` leading directions of the whole, in which they lie
but for noise, so that a draw costs one small product for each person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.opinion.found import Sure
from earnest.engine.opinion.groups import MOST as GROUPS
from earnest.engine.opinion.groups import Grouping, chosen, groupings, most_groups
from earnest.engine.opinion.plan import Plan, Seats, kept_numbers, overlap_of
from earnest.engine.opinion.votes import Floats, Groups, Whole

ROOM: Final = 32  # directions
MOST: Final = 20_000  # people drawn; where there are more, groups look less sure and never more


@dataclass(frozen=True, slots=True)
class Drawn:
    """What drawing anew needs: of everybody placed (N,) their coordinates along the leading directions
    ``along`` (N, r), ``scale`` as in ``steps.scale_of``, who ``shapes``, their ``seats``; and the plan."""

    along: NDArray[Any]
    scale: Floats
    shapes: NDArray[np.bool_]
    seats: Seats
    plan: Plan


def sure_of(
    drawn: Drawn, draws: int, seed: int, on_draw: Callable[[int], None] | None = None
) -> tuple[Floats, Sure]:
    """How often each of the N stayed, (N,), and the rest of ``Sure`` with that as its people."""
    dice, stayed, ks = np.random.default_rng(seed), np.zeros(len(drawn.along)), [0] * (GROUPS + 1)
    for number in range(draws):
        if on_draw:
            on_draw(number)
        group, k = _one_draw(drawn, dice)
        stayed += group == drawn.seats.group
        ks[k] += 1
    people = stayed / max(draws, 1)
    shares = tuple((k, times / draws) for k, times in enumerate(ks) if times)
    return people, Sure(people, dict(shares).get(drawn.plan.k, 0.0), shares, draws)


def _one_draw(drawn: Drawn, dice: np.random.Generator) -> tuple[Groups, int]:
    """The group of each (N,) by one draw, numbered as on the map, and the k it would choose."""
    people = np.flatnonzero(drawn.shapes)
    some = people[dice.integers(len(people), size=min(len(people), MOST))]
    mean, axes = _axes(drawn.along[some])
    where = _places(drawn, mean, axes)
    centres, weights = _bases(drawn, where, some)
    found = groupings(centres, weights, most_groups(len(drawn.plan.bases.x)), quick=True)
    if not found:
        return np.zeros(len(where), np.int8), 1
    same = [one for one in found if one.k == drawn.plan.k]
    group = _nearest(where, same[0] if same else found[-1])
    overlap = overlap_of(group, drawn.seats.group)
    return _matched(group, overlap, drawn.plan), chosen(found).k


def _axes(along: NDArray[Any]) -> tuple[Floats, Floats]:
    """The mean (r,) of those drawn and the two axes (r, 2) of their differences."""
    mean = along.mean(axis=0, dtype=np.float64)
    scatter = along.T @ along - len(along) * np.outer(mean, mean)
    return mean, np.linalg.eigh(scatter)[1][:, ::-1][:, :2]


def _places(drawn: Drawn, mean: Floats, axes: Floats) -> Floats:
    """Everybody's place (N, 2) on these axes."""
    where = drawn.along @ axes.astype(drawn.along.dtype) - mean @ axes
    return np.asarray(where * drawn.scale[:, None], np.float64)


def _bases(drawn: Drawn, where: Floats, some: Whole) -> tuple[Floats, Floats]:
    """Where the base clusters of those drawn are now, (B, 2), and how many of them are in each."""
    base, many, placed = drawn.seats.base[some], len(drawn.plan.bases.x), where[some]
    weights = np.bincount(base, minlength=many)
    sums = [np.bincount(base, weights=along, minlength=many) for along in placed.T]
    kept = weights > 0
    return np.stack(sums, axis=1)[kept] / weights[kept, None], weights[kept].astype(np.float64)


def _nearest(where: Floats, grouping: Grouping) -> Groups:
    reach = (grouping.centres**2).sum(axis=1) / 2
    return np.argmin(reach - where @ grouping.centres.T, axis=1).astype(np.int8)


def _matched(group: Groups, overlap: Whole, plan: Plan) -> Groups:
    """Groups with the numbers of those on the map they share most people with."""
    _, numbers = kept_numbers(plan, overlap)
    return numbers[np.minimum(group, len(numbers) - 1)]
