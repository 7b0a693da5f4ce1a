"""Shares of counted cases: the exact posterior of how much they changed.

Each share has Jeffreys' prior, which is even over θ where p = sin² θ; on a grid of θ the posterior is exact
for no case at all as for a million.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

POINTS: Final = 240
BINS: Final = 4000  # of a change from −1 to 1


def even_grid(yes: float, of: float) -> tuple[Floats, Floats]:
    """θ around where the share lies, and the log of the prior's weight there."""
    middle, wide = np.arcsin(np.sqrt(yes / of)), 6 / np.sqrt(of + 1)
    low, high = max(0.0, middle - wide), min(np.pi / 2, middle + wide)
    step = (high - low) / POINTS
    return low + step * (np.arange(POINTS) + 0.5), np.zeros(POINTS)


def interval(
    before: tuple[float, float], after: tuple[float, float], level: float
) -> tuple[float, float]:
    """Of the change of a share, each side (yes, of); in points from −1 to 1."""
    points, weights = [], []
    for yes, of in (before, after):
        theta, _ = even_grid(yes, of)
        log = 2 * yes * np.log(np.sin(theta)) + 2 * (of - yes) * np.log(np.cos(theta))
        weight = np.exp(log - log.max())
        points.append(np.sin(theta) ** 2)
        weights.append(weight / weight.sum())
    change = (points[1][None, :] - points[0][:, None]).ravel()
    weight = (weights[1][None, :] * weights[0][:, None]).ravel()
    order = np.argsort(change)
    total = np.cumsum(weight[order])
    edges = np.interp([(1 - level) / 2, (1 + level) / 2], total, change[order])
    return float(edges[0]), float(edges[1])
