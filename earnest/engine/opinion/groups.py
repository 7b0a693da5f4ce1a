"""Groups of base clusters: k-means for k = 2 … 5, and how well each k sets people apart.

The best k-means is sought, not one that chance leads to: to the best k − 1 centres each base cluster in
turn is a promising further one (global k-means; Likas, Vlassis and Verbeek 2003), and each centre may
then jump elsewhere (Fränti and Kivijärvi 2000). Of all these starts those are followed that cost least
as they are, and of those again the ones that cost least after a few rounds. k is by the silhouette (Rousseeuw 1987) over base
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
_TRIED: Final = 24  # starts that are followed a little
_PROMISING: Final = 12  # starts that are followed to their end
_FIRST: Final = 3  # rounds before that is told
_ROUNDS: Final = 30
_QUICK: Final = 5  # of so many bases one is tried as a further centre, where it has to be quick
_JUMPS: Final = 3  # of so many bases one is tried in the place of a centre
_TINY: Final = 1e-300  # instead of dividing by nothing


class _Tried(NamedTuple):
    """Bases tried as a centre: their ``places`` (N, 2), and how far ``apart`` (N, B) each is from every
    base, squared."""

    places: Floats
    apart: Floats


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
    found: list[Grouping] = []
    between = distances(places)
    apart = between * between
    further = _Tried(places, apart) if not quick else _Tried(places[::_QUICK], apart[::_QUICK])
    jumping = _Tried(places[::_JUMPS], apart[::_JUMPS])
    for k in range(2, min(most, len(places)) + 1):
        near = _squared(places, centres[None])[0].T
        centres, group = k_means(places, weights, _starts(further, weights, near, centres))
        if not quick:
            near = _squared(places, centres[None])[0].T
            centres, group = k_means(places, weights, _swaps(jumping, weights, near, centres))
        if len(centres) < k:
            break
        found.append(Grouping(centres, group, silhouette(between, weights, group, k)))
    return found


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
    centres = centres[_least(cost, _PROMISING)]
    centres = _settled(places, weights, centres, _ROUNDS)
    cost = _cost(places, weights, centres)
    best = centres[int(np.argmin(np.round(cost / max(float(cost.min()), _TINY), 9)))]
    used, group = np.unique(_squared(places, best[None])[0].argmin(axis=1), return_inverse=True)
    return best[used], group


def _settled(places: Floats, weights: Floats, centres: Floats, rounds: int) -> Floats:
    """Centres (R, k, 2) after so many rounds of k-means, or until nobody moves."""
    group = np.zeros((len(centres), len(places)), np.int64)
    sums = np.column_stack([weights, places * weights[:, None]])
    for _ in range(rounds):
        newer = _squared(places, centres).argmin(axis=2)
        if np.array_equal(newer, group):
            break
        group = newer
        centres = _means(sums, group, centres)
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


def _starts(tried: _Tried, weights: Floats, near: Floats, centres: Floats) -> Floats:
    """The centres and a further one, (R, k + 1, 2): those of the tried ones by which most is saved.
    ``near`` (k, B): how far every base is from the centres, squared."""
    cost = np.minimum(near.min(axis=0), tried.apart) @ weights
    further = tried.places[_least(cost, _TRIED)]
    kept = np.broadcast_to(centres, (len(further), *centres.shape))
    return np.concatenate([kept, further[:, None]], axis=1)


def _swaps(tried: _Tried, weights: Floats, near: Floats, centres: Floats) -> Floats:
    """The centres as they are, and with one of them put to a tried place, (1 + R, k, 2): those that cost
    least. ``near`` as in ``_starts``."""
    others = np.stack([np.delete(near, one, axis=0).min(axis=0) for one in range(len(near))])
    cost = np.minimum(others[:, None], tried.apart) @ weights
    moved, to = np.divmod(_least(cost.ravel(), _TRIED), len(tried.places))
    swapped = np.broadcast_to(centres, (len(to), *centres.shape)).copy()
    swapped[np.arange(len(to)), moved] = tried.places[to]
    return np.concatenate([centres[None], swapped])


def _least(cost: Floats, many: int) -> Whole:
    """Which so many cost least, the first of those alike."""
    return np.argsort(cost, kind="stable")[:many]


def _squared(places: Floats, centres: Floats) -> NDArray[np.float64]:
    """Squared distances of places (B, 2) to centres (R, k, 2), (R, B, k)."""
    across = places[None, :, None, 0] - centres[:, None, :, 0]
    up = places[None, :, None, 1] - centres[:, None, :, 1]
    squared: Floats = across * across + up * up
    return squared


def _means(sums: Floats, group: Whole, centres: Floats) -> Floats:
    """Weighted means of the groups of each run, (R, k, 2); as they were where a group is empty. ``sums``
    (B, 3): each base's weight, and its place times that."""
    runs, k, _ = centres.shape
    member = group[:, None] == np.arange(k)[:, None]
    found = (member.reshape(runs * k, -1).astype(np.float64) @ sums).reshape(runs, k, 3)
    total = found[..., :1]
    return np.where(total > 0, found[..., 1:] / np.maximum(total, _TINY), centres)
