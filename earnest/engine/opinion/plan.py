"""How places become groups, so that every block of people can be seated alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from earnest.engine.opinion.bases import base_centres, means, nearest
from earnest.engine.opinion.found import Bases, Silhouette
from earnest.engine.opinion.groups import MOST, Grouping, chosen, groupings, most_groups
from earnest.engine.opinion.steps import Cells, Places
from earnest.engine.opinion.votes import Floats, Groups, Whole


@dataclass(frozen=True, slots=True)
class Plan:
    """Base clusters with their groups, ``k``, the centres of the groups (k, 2), and how good each k is."""

    bases: Bases
    k: int
    centres: Floats
    silhouettes: tuple[Silhouette, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """Base cluster and group of each voter of a block, (P,); −1 for who is not placed."""

    base: NDArray[np.int16]
    group: Groups


def plan_from(cells: Cells, k_before: int | None = None) -> Plan:
    """Base clusters and groups of everybody who shapes the map; one group where nobody differs."""
    kept = cells.count > 0
    weights = cells.count[kept].astype(np.float64)
    places = np.stack([cells.x[kept], cells.y[kept]], axis=1) / weights[:, None]
    centres = base_centres(places, weights)
    of_place = nearest(places, centres)
    count = np.bincount(of_place, weights=weights, minlength=len(centres))
    centres, count = means(places, weights, of_place, centres)[count > 0], count[count > 0]
    found = groupings(centres, count, most_groups(len(centres))) if len(centres) > 1 else []
    best = chosen(found, k_before) if found else _one(centres, count)
    silhouettes = tuple(Silhouette(one.k, one.silhouette) for one in found)
    return _numbered(_plan(centres, count, best, silhouettes), _by_size(best, count))


def one_group(plan: Plan) -> Plan:
    """The same base clusters, told as one group: too few to say."""
    bases = replace(plan.bases, group=np.zeros_like(plan.bases.group))
    return Plan(bases, 1, _middle(_places(plan), plan.bases.count), ())


def seats_of(places: Places, plan: Plan) -> Seats:
    """Everybody placed goes to the nearest base cluster, and with it to its group."""
    base = np.full(len(places.x), -1, np.int16)
    group = np.full(len(places.x), -1, np.int8)
    if len(plan.bases.x):
        where = np.stack([places.x, places.y], axis=1)[places.placed]
        base[places.placed] = nearest(where, _places(plan))
        group[places.placed] = plan.bases.group[base[places.placed]]
    return Seats(base, group)


def overlap_of(group: Groups, before: Groups) -> Whole:
    """How many are in each group now and were in each before, (5, 5); adds up over blocks."""
    both = (group >= 0) & (before >= 0) & (before < MOST)
    pair = group[both].astype(np.int64) * MOST + before[both]
    return np.bincount(pair, minlength=MOST * MOST).reshape(MOST, MOST).astype(np.int64)


def kept_numbers(plan: Plan, overlap: Whole) -> tuple[Plan, Groups]:
    """Groups numbered so that most people keep their group's number; and the new number of each."""
    order = max(
        permutations(range(plan.k)),
        key=lambda new: sum(int(overlap[old, number]) for old, number in enumerate(new)),
    )
    return _numbered(plan, order), np.array(order, np.int8)


def _places(plan: Plan) -> Floats:
    return np.stack([plan.bases.x, plan.bases.y], axis=1)


def _one(centres: Floats, count: Floats) -> Grouping:
    return Grouping(_middle(centres, count), np.zeros(len(centres), np.int64), 0.0)


def _middle(centres: Floats, count: Floats | Whole) -> Floats:
    """The one centre (1, 2) of all; 0 of none."""
    middle: Floats = np.average(centres, axis=0, weights=count) if len(centres) else np.zeros(2)
    return middle[None]


def _plan(
    centres: Floats, count: Floats, best: Grouping, silhouettes: tuple[Silhouette, ...]
) -> Plan:
    bases = Bases(centres[:, 0], centres[:, 1], count.astype(np.int64), best.group.astype(np.int8))
    return Plan(bases, best.k, best.centres, silhouettes)


def _by_size(best: Grouping, count: Floats) -> tuple[int, ...]:
    """New numbers of groups, the largest first, then from left to right."""
    size = np.bincount(best.group, weights=count, minlength=best.k)
    rank = np.lexsort((best.centres[:, 1], best.centres[:, 0], -size))
    return tuple(int(place) for place in np.argsort(rank))


def _numbered(plan: Plan, order: Sequence[int]) -> Plan:
    """Group g gets the number order[g]."""
    new = np.array(order, np.int8)
    centres = np.empty_like(plan.centres)
    centres[new] = plan.centres
    group = new[plan.bases.group] if len(plan.bases.group) else plan.bases.group
    return Plan(replace(plan.bases, group=group), plan.k, centres, plan.silhouettes)
