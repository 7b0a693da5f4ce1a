"""Student's t and mixtures of it, and the incomplete beta function they rest on."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

MOST_STEPS: Final = 1000
SURE: Final = 1e-14
LEAST: Final = 1e-300  # stands for 0, so that nothing is divided by it
FAR: Final = 12.0  # asinh of the furthest t in a table
TABLE: Final = 1501


def incomplete_beta(a: float, b: float, x: Floats) -> Floats:
    """I_x(a, b) by Lentz's continued fraction (Press et al., Numerical Recipes, 6.4)."""
    x = np.clip(np.asarray(x, float), 0.0, 1.0)
    turned = x > (a + 1) / (a + b + 2)
    found = np.empty_like(x)
    found[~turned] = _fraction(a, b, x[~turned])
    found[turned] = 1 - _fraction(b, a, 1 - x[turned])
    return found


def _fraction(a: float, b: float, x: Floats) -> Floats:
    both = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    with np.errstate(divide="ignore"):
        front = np.exp(a * np.log(x) + b * np.log1p(-x) + both) / a
    d = 1 / _away(1 - (a + b) * x / (a + 1))
    c, found = np.ones_like(x), d
    for m in range(1, MOST_STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + step * d)
            c = _away(1 + step / c)
            found = found * d * c
        if np.abs(d * c - 1).max(initial=0) < SURE:
            break
    return np.asarray(front * found)


def _away(x: Floats) -> Floats:
    return np.where(np.abs(x) < LEAST, LEAST, x)


def cdf(t: Floats, degrees: float) -> Floats:
    """P(T ≤ t) of Student's t."""
    t = np.asarray(t, float)
    square = t * t
    near = square < degrees
    inside = np.empty_like(t)  # P(|T| ≤ |t|)
    inside[near] = incomplete_beta(0.5, degrees / 2, (square / (degrees + square))[near])
    beyond = incomplete_beta(degrees / 2, 0.5, (degrees / (degrees + square))[~near])
    inside[~near] = 1 - beyond
    found = 0.5 + np.sign(t) * inside / 2
    left = ~near & (t < 0)
    found[left] = beyond[(t < 0)[~near]] / 2
    return np.asarray(found)


@lru_cache(maxsize=256)
def _table(degrees: float) -> tuple[Floats, Floats]:
    """asinh t ≥ 0, and P(|T| ≤ t) there."""
    at = np.linspace(0, FAR, TABLE)
    return at, 2 * cdf(np.sinh(at), degrees) - 1


def half_width(scale: Floats, weight: Floats, degrees: float, level: float) -> float:
    """h with P(|T| ≤ h) = level, where T is t times one of the scales, each by its weight."""
    kept = weight > 1e-9 * weight.max()
    scale, weight = np.maximum(scale[kept], LEAST), weight[kept] / weight[kept].sum()
    at, held = _table(degrees)

    def roughly(h: float) -> float:
        return float(weight @ np.interp(np.arcsinh(h / scale), at, held))

    low, high = 0.0, float(scale.max())
    while roughly(high) < level:
        low, high = high, 2 * high
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if roughly(middle) < level else (low, middle)
    return _exactly((low + high) / 2, scale, weight, (degrees, level))


def _exactly(h: float, scale: Floats, weight: Floats, asked: tuple[float, float]) -> float:
    """One step of the secant on the distribution itself: the table is right to six digits."""
    degrees, level = asked
    near = np.array([h * (1 - 1e-6), h * (1 + 1e-6)])
    held = (2 * cdf(near[:, None] / scale, degrees) - 1) @ weight
    slope = (held[1] - held[0]) / (near[1] - near[0])
    return float(near[0] + (level - held[0]) / slope) if slope > 0 else h
