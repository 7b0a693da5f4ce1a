"""Groups of base clusters: k-means for k = 2 … 5, and how well each k sets people apart.

The best k-means is sought, not one that chance leads to: to the best k − 1 centres each base cluster in
turn is a promising further one (global k-means; Likas, Vlassis and Verbeek 2003), and each centre may
then jump elsewhere (Fränti and Kivijärvi 2000). k is by the silhouette (Rousseeuw 1987) over base
clusters, as in Polis; of those about as good as the best, the fewest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earnest.engine.opinion.votes import Floats, Whole

MOST: Final = 5  # groups
CLEARLY: Final = 0.02  # better: about the standard error of a silhouette over 100 base clusters
_BASES_EACH: Final = 12  # base clusters for each further group, as in Polis
_PROMISING: Final = 12  # starts that are followed to their end
_FIRST: Final = 3  # rounds before that is told
_ROUNDS: Final = 30
_QUICK: Final = 5  # of so many bases one is tried as a further centre, where it has to be quick
_JUMPS: Final = 3  # of so many bases one is tried in the place of a centre
_TINY: Final = 1e-300  # instead of dividing by nothing


class Grouping(NamedTuple):
    """k groups: ``centres`` (k, 2), ``group`` (B,) of each base cluster, ``silhouette``."""

    centres: Floats
    group: Whole
    silhouette: float

    @property
    def k(self) -> int:
        return len(self.centres)


def most_groups(bases: int) -> int:
    """How many groups so many base clusters may form."""
    return min(MOST, 2 + bases // _BASES_EACH, bases)


def groupings(places: Floats, weights: Floats, most: int, *, quick: bool = False) -> list[Grouping]:
    """One grouping for each k up to ``most``, of bases at ``places`` (B, 2) with so many people ``weights``
    (B,); ``quick``: fewer bases are tried as a further centre, and none jumps."""
    centres = np.average(places, axis=0, weights=weights)[None]
    apart: list[Grouping] = []
    between = distances(places)
    for k in range(2, min(most, len(places)) + 1):
        centres, _ = k_means(places, weights, _starts(places[:: _QUICK if quick else 1], centres))
        others = places[:0] if quick else places[::_JUMPS]
        centres, group = k_means(places, weights, _swaps(others, centres))
        if len(centres) < k:
            break
        apart.append(Grouping(centres, group, silhouette(between, weights, group, k)))
    return apart


def chosen(found: Sequence[Grouping], k_before: int | None = None) -> Grouping:
    """As many groups as before unless another k is clearly better; else the fewest that no more groups are
    clearly better than."""
    best = max(one.silhouette for one in found)
    good = [one for one in found if one.silhouette >= best - CLEARLY]
    same = [one for one in good if one.k == k_before]
    return (same or good)[0]


def k_means(places: Floats, weights: Floats, starts: Floats) -> tuple[Floats, Whole]:
    """The best of k-means from each of ``starts`` (R, k, 2): centres (k, 2) and the group (B,) of each
    place; fewer centres where a group would be empty. Starts that promise little are soon left."""
    centres = _settled(places, weights, starts, _FIRST)
    cost = _cost(places, weights, centres)
    centres = centres[np.argsort(cost, kind="stable")[:_PROMISING]]
    centres = _settled(places, weights, centres, _ROUNDS)
    cost = _cost(places, weights, centres)
    best = centres[int(np.argmin(np.round(cost / max(float(cost.min()), _TINY), 9)))]
    used, group = np.unique(_squared(places, best[None])[0].argmin(axis=1), return_inverse=True)
    return best[used], group


def _settled(places: Floats, weights: Floats, centres: Floats, rounds: int) -> Floats:
    """Centres (R, k, 2) after so many rounds of k-means, or until nobody moves."""
    group = np.zeros((len(centres), len(places)), np.int64)
    for _ in range(rounds):
        newer = _squared(places, centres).argmin(axis=2)
        if np.array_equal(newer, group):
            break
        group = newer
        centres = _means(places, weights, group, centres)
    return centres


def _cost(places: Floats, weights: Floats, centres: Floats) -> Floats:
    """Weighted squared distances to the nearest centre, of each run, (R,)."""
    cost: Floats = _squared(places, centres).min(axis=2) @ weights
    return cost


def silhouette(apart: Floats, weights: Floats, group: Whole, k: int) -> float:
    """Mean over base clusters of (b − a) / max(a, b): a the mean distance to the others of the own group,
    b to those of the nearest other. Somebody alone in a group counts 0."""
    member = group[:, None] == np.arange(k)
    size = member.sum(axis=0)
    to_each = apart @ member
    own = to_each[np.arange(len(group)), group] / np.maximum(size[group] - 1, 1)
    to_each = to_each / size
    to_each[np.arange(len(group)), group] = np.inf
    other = to_each.min(axis=1)
    value = (other - own) / np.maximum(np.maximum(own, other), _TINY)
    alone = (size[group] == 1) & (weights <= 1)
    return float(np.where(alone, 0.0, value).mean())


def distances(places: Floats) -> Floats:
    """Euclidean distances between all places (B, 2) of base clusters, (B, B), in units of the map."""
    apart: Floats = np.sqrt(_squared(places, places[None])[0])
    return apart


def _starts(places: Floats, centres: Floats) -> Floats:
    """The centres and, in turn, each base cluster as a further one, (B, k, 2)."""
    kept = np.broadcast_to(centres, (len(places), *centres.shape))
    return np.concatenate([kept, places[:, None]], axis=1)


def _swaps(places: Floats, centres: Floats) -> Floats:
    """The centres as they are, and with each of them put to each of some places, (1 + k · N, k, 2)."""
    k, many = len(centres), len(places)
    swapped = np.broadcast_to(centres, (many, k, k, 2)).copy()
    swapped[:, np.arange(k), np.arange(k)] = places[:, None]
    return np.concatenate([centres[None], swapped.reshape(many * k, k, 2)])


def _squared(places: Floats, centres: Floats) -> NDArray[np.float64]:
    """Squared distances of places (B, 2) to centres (R, k, 2), (R, B, k)."""
    across = places[None, :, None, 0] - centres[:, None, :, 0]
    up = places[None, :, None, 1] - centres[:, None, :, 1]
    squared: Floats = across * across + up * up
    return squared


def _means(places: Floats, weights: Floats, group: Whole, centres: Floats) -> Floats:
    """Weighted means of the groups of each run, (R, k, 2); as they were where a group is empty."""
    member = (group[:, :, None] == np.arange(centres.shape[1])) * weights[:, None]
    total = member.sum(axis=1)
    sums = np.swapaxes(member, 1, 2) @ places
    return np.where(total[:, :, None] > 0, sums / np.maximum(total, _TINY)[:, :, None], centres)
