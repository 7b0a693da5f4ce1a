"""How sure a change is when readings resemble the ones before them, and vary more or less since.

The readings are a linear model with errors of unknown spread, which may differ before and after the start,
and of unknown resemblance ρ from one to the next (AR(1); over a longer pause less, ρ to the power of the
pause). Both are weighed on a grid by their marginal likelihood (the restricted one, REML, of Patterson and
Thompson 1971: flat prior of the coefficients, 1/σ of the spread). Given both, the estimate by least squares
less the truth is taken as Student's t with n − k degrees of freedom (not exactly so with ties, on the safe
side where it was measured); the interval is of the mixture of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.effect.student import half_width

type Floats = NDArray[np.float64]

TIES: Final = np.concatenate([np.linspace(-0.7, 0.9, 17), [0.935, 0.96, 0.98, 0.99]])
RATIOS: Final = np.linspace(-2.0, 2.0, 13)  # log of the spread after over that before
FEW, MANY = (
    8,
    16,
)  # readings from which resemblance begins to be seen, and is looked for without bounds


@dataclass(frozen=True, slots=True)
class Fit:
    """An estimate and how far the truth may lie from it, either way; None where nothing varies."""

    estimate: float
    half: float | None
    degrees: int
    tie: float  # how much a reading resembles the one before it, on average


@dataclass(frozen=True, slots=True)
class Model:
    """y = X b + error; asked for is b · contrast. The readings before the start come first."""

    y: Floats  # (n,)
    x: Floats  # (n, k), of full rank
    contrast: Floats  # (k,)
    pause: Floats  # (n − 1,) from each reading to the next, in usual pauses
    before: int  # how many readings
    spreads: Floats  # (s, n) what the spread of each may be in proportion to; the first weighs the readings


@dataclass(frozen=True, slots=True)
class Prior:
    """Log weights over TIES and RATIOS."""

    ties: Floats
    ratios: Floats


def usual_prior(n: int) -> Prior:
    """A reading resembles the one before it little, or by anything; spreads differ by a factor of two.

    Of few readings nobody sees either, and a prior that allowed for all would say nothing at all: there both
    are held nearer to none. The numbers were settled by hand, looking at simulations (docs/effect.md).
    """
    seen = min(1.0, max(0.0, (n - FEW) / (MANY - FEW)))
    space = np.gradient(TIES)
    little = np.exp(-0.5 * (TIES / (0.15 + 0.05 * seen)) ** 2) * space
    mixed = (1 - seen / 2) * little / little.sum() + seen / 2 * space / space.sum()
    return Prior(np.log(mixed), -0.5 * (RATIOS / (0.25 + 0.35 * seen)) ** 2)


def plain_prior() -> Prior:
    """No resemblance and one spread: least squares as in any book."""
    none = np.where(np.isclose(TIES, 0), 0.0, -np.inf)
    same = np.where(np.isclose(RATIOS, 0), 0.0, -np.inf)
    return Prior(none, same)


def fit(model: Model, level: float, prior: Prior) -> Fit:
    """Least squares, with the interval of the mixture; needs more readings than coefficients."""
    n, k = model.x.shape
    usual = model.spreads[0]
    inverse = np.linalg.pinv(model.x / usual[:, None])
    weights = (model.contrast @ inverse) / usual
    estimate = float(weights @ model.y)
    rest = model.y - model.x @ (inverse @ (model.y / usual))
    size = float(np.abs(rest).max(initial=0))
    if size <= 1e-11 * float(np.abs(model.y).max(initial=0)):
        return Fit(estimate, None, n - k, 0.0)
    likely, scale = _weighed(model, weights, rest / size)
    log_weight = likely + prior.ties[:, None, None] + prior.ratios
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    half = half_width(size * scale.ravel(), weight.ravel(), n - k, level)
    return Fit(estimate, half, n - k, float(weight.sum(axis=(1, 2)) @ TIES))


def _weighed(model: Model, weights: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Log likelihood, and the scale of the estimate's error: (ties, s, ratios) each."""
    n, k = model.x.shape
    follow = np.sign(TIES)[:, None] * np.abs(TIES)[:, None] ** model.pause  # (ties, n − 1)
    left = np.sqrt(1 - follow**2)
    both = np.column_stack([model.x, y]) / model.spreads[:, :, None]  # (s, n, k + 1)
    cross = np.stack(
        [
            [_crossed(one, *of_tie, model.before) for one in both]
            for of_tie in zip(follow, left, strict=True)
        ]
    )  # (ties, s, ratios, k + 1, k + 1)
    inner = cross[..., :k, :k]
    solved = np.linalg.solve(inner, cross[..., :k, k:])[..., 0]
    rest = np.maximum(cross[..., k, k] - (cross[..., :k, k] * solved).sum(axis=-1), 1e-300)
    log_size = 2 * np.log(left).sum(axis=1)[:, None, None] + 2 * RATIOS * (n - model.before)
    log_size = log_size + 2 * np.log(model.spreads).sum(axis=1)[:, None]
    likely = -0.5 * (log_size + np.linalg.slogdet(inner)[1] + (n - k) * np.log(rest))
    error = [_error_of(weights * one, follow, model.before) for one in model.spreads]
    return likely, np.sqrt(rest / (n - k) * np.stack(error, axis=1))


def _crossed(both: Floats, follow: Floats, left: Floats, before: int) -> Floats:
    """(ratios, k + 1, k + 1): products of what is new in each reading, for each ratio of spreads.

    Only the first reading after the start has what is new both of its own spread and of the one before.
    """
    new = both.copy()
    new[1:] = (both[1:] - follow[:, None] * both[:-1]) / left[:, None]
    own = both[before] / left[before - 1]
    carried = follow[before - 1] * both[before - 1] / left[before - 1]
    first, later = new[:before], new[before + 1 :]
    fixed = first.T @ first + np.outer(carried, carried)
    scaled = later.T @ later + np.outer(own, own)
    mixed = np.outer(own, carried)
    by = np.exp(-RATIOS)[:, None, None]
    return np.asarray(fixed + scaled * by**2 - (mixed + mixed.T) * by)


def _error_of(weights: Floats, follow: Floats, before: int) -> Floats:
    """(ties, ratios): wᵀ V w, for errors whose neighbours correlate by ``follow``, (ties, n − 1)."""
    sides = np.zeros((3, len(weights)))
    sides[0, :before], sides[1, before:], sides[2] = weights[:before], weights[before:], weights
    carried = np.zeros((3, len(follow)))
    total = np.repeat((sides**2).sum(axis=1)[:, None], len(follow), axis=1)
    for one, here, there in zip(follow.T, sides.T[:-1], sides.T[1:], strict=True):
        carried = one * (carried + here[:, None])
        total += 2 * carried * there[:, None]
    first, later, both = total[:, :, None]
    by = np.exp(RATIOS)
    return np.asarray(np.maximum(first + later * by**2 + (both - first - later) * by, 1e-300))
