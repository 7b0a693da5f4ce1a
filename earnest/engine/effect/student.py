"""Student's t and mixtures of it, and the incomplete beta function they rest on."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

MOST_STEPS: Final = 500
SURE: Final = 1e-13


def incomplete_beta(a: float, b: float, x: Floats) -> Floats:
    """I_x(a, b) by Lentz's continued fraction (Press et al., Numerical Recipes, 6.4); to about 1e-12."""
    x = np.clip(np.asarray(x, float), 0.0, 1.0)
    turned = x > (a + 1) / (a + b + 2)
    low = _fraction(np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x))
    return np.where(turned, 1 - low, low)


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        front = a * np.log(x) + b * np.log1p(-x)
    both = math.lgamma(float((a + b).flat[0]))
    of = np.vectorize(math.lgamma, otypes=[float])
    front = np.exp(front + both - of(a) - of(b)) / a
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
    return front * found


def _away(x: Floats) -> Floats:
    """From zero, so that nothing is divided by it."""
    return np.where(np.abs(x) < 1e-300, 1e-300, x)


def cdf(t: Floats, degrees: float) -> Floats:
    """P(T ≤ t) of Student's t."""
    t = np.asarray(t, float)
    tail = 0.5 * incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t))
    return np.where(t > 0, 1 - tail, tail)


def half_width(scale: Floats, weight: Floats, degrees: float, level: float) -> float:
    """h with P(|T| ≤ h) = level, where T is t times one of the scales, each by its weight."""
    low, high = 0.0, float(scale.max())
    if not high:
        return 0.0

    def held(h: float) -> float:
        return float(weight @ (2 * cdf(h / np.maximum(scale, 1e-300), degrees) - 1))

    while held(high) < level:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if held(middle) < level else (low, middle)
        if high - low < 1e-10 * high:
            break
    return (low + high) / 2
