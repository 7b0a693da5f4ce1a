"""Base clusters: at most 100 small clusters of people, of which the groups are made (Polis).

First the places are split, again and again where the differences are largest, at their mean (Wu 1991);
then k-means settles the clusters. Nothing is drawn by chance, and the order of people does not matter.
"""

from __future__ import annotations

import heapq
from typing import Final

import numpy as np

from earnest.engine.opinion.votes import Floats, Whole

MOST: Final = 100
_ROUNDS: Final = 10
_MANY: Final = 4096  # places at once


def base_centres(places: Floats, weights: Floats) -> Floats:
    """Centres (B, 2) of at most 100 base clusters of places (N, 2) with weights (N,); where there are no
    more places than that, each is its own."""
    if len(np.unique(places[:, 0])) <= MOST:
        distinct = np.unique(places, axis=0)
        if len(distinct) <= MOST:
            return distinct
    centres = _split(places, weights)
    before = np.zeros(0, np.int64)
    for _ in range(_ROUNDS):
        of_place = nearest(places, centres)
        if np.array_equal(of_place, before):
            break
        before = of_place
        centres = means(places, weights, of_place, centres)
    return centres


def nearest(places: Floats, centres: Floats) -> Whole:
    """Which of the centres (B, 2) each place (N, 2) is nearest to, (N,)."""
    found = np.empty(len(places), np.int64)
    reach = ((centres**2).sum(axis=1) / 2).astype(np.float32)
    single, turned = places.astype(np.float32), centres.T.astype(np.float32)
    for first in range(0, len(places), _MANY):
        some = slice(first, first + _MANY)
        far = single[some] @ turned
        found[some] = np.subtract(far, reach, out=far).argmax(axis=1)
    return found


def means(places: Floats, weights: Floats, of_place: Whole, centres: Floats) -> Floats:
    """The weighted mean of each cluster's places; the centre as it was where a cluster is empty."""
    many = len(centres)
    total = np.bincount(of_place, weights=weights, minlength=many)
    sums = [np.bincount(of_place, weights=weights * along, minlength=many) for along in places.T]
    found = np.stack(sums, axis=1) / np.maximum(total, 1e-300)[:, None]
    return np.where(total[:, None] > 0, found, centres)


def _split(places: Floats, weights: Floats) -> Floats:
    """Centres of 100 parts: the part whose places differ most is split until there are so many."""
    parts = [_part(places, weights, np.arange(len(places)), 0)]
    for number in range(1, MOST):
        _, _, axis, mean, rows = heapq.heappop(parts)
        left = places[rows, axis] <= mean[axis]
        heapq.heappush(parts, _part(places, weights, rows[left], 2 * number))
        heapq.heappush(parts, _part(places, weights, rows[~left], 2 * number + 1))
    return np.array([mean for _, _, _, mean, _ in parts])


type _Part = tuple[float, int, int, Floats, Whole]


def _part(places: Floats, weights: Floats, rows: Whole, number: int) -> _Part:
    """How much a part differs along its longer side (less is more), its number, that side, the mean."""
    inside, weight = places[rows], weights[rows]
    mean = weight @ inside / weight.sum()
    differs = weight @ (inside - mean) ** 2
    axis = int(differs.argmax())
    return -float(differs[axis]), number, axis, mean, rows
