"""How sure a change of means is when readings resemble the ones before them, and vary more or less since.

The readings are a linear model with errors of unknown spread, which may differ before and after the start,
and of unknown resemblance ρ from one to the next (AR(1); over a longer pause less, ρ to the power of the
pause). Both are weighed on a grid by their marginal likelihood (the restricted one, REML, of Patterson and
Thompson 1971: flat prior of the coefficients, 1/σ of the spread). Given both, the estimate by least squares
less the truth is Student's t with n − k degrees of freedom; the interval is of the mixture of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.effect.student import half_width

type Floats = NDArray[np.float64]

TIES: Final = np.concatenate([np.linspace(-0.6, 0.9, 16), [0.94, 0.97, 0.985]])
RATIOS: Final = np.linspace(-1.5, 1.5, 11)  # log of the spread after over that before


@dataclass(frozen=True, slots=True)
class Fit:
    """An estimate and how far the truth may lie from it, either way."""

    estimate: float
    half: float
    degrees: int
    tie: float  # how much a reading resembles the one before it, on average


@dataclass(frozen=True, slots=True)
class Model:
    """y = X b + error; asked for is b · contrast."""

    y: Floats  # (n,)
    x: Floats  # (n, k), of full rank
    contrast: Floats  # (k,)
    pause: Floats  # (n − 1,) from each reading to the next, in usual pauses
    after: NDArray[np.bool_]  # (n,)


@dataclass(frozen=True, slots=True)
class Prior:
    """Log weights over TIES and RATIOS."""

    ties: Floats
    ratios: Floats


def usual_prior() -> Prior:
    return Prior(-0.5 * np.log1p(-(TIES**2)), -0.5 * (RATIOS / 0.5) ** 2)


def plain_prior() -> Prior:
    """No ties and one spread: ordinary least squares."""
    none = np.where(np.isclose(TIES, 0), 0.0, -np.inf)
    same = np.where(np.isclose(RATIOS, 0), 0.0, -np.inf)
    return Prior(none, same)


def fit(model: Model, level: float, prior: Prior | None = None) -> Fit:
    """Least squares, with the interval of the mixture; needs more readings than coefficients."""
    prior = prior or usual_prior()
    n, k = model.x.shape
    weights = np.linalg.pinv(model.x).T @ model.contrast  # of each reading in the estimate
    estimate = float(weights @ model.y)
    residual = model.y - model.x @ (np.linalg.pinv(model.x) @ model.y)
    size = float(np.abs(residual).max(initial=0))
    if size <= 1e-12 * max(1.0, float(np.abs(model.y).max())):
        return Fit(estimate, 0.0, n - k, 0.0)
    spread = np.exp(RATIOS[:, None] * model.after)  # (ratios, n)
    log_weight = np.empty((len(TIES), len(RATIOS)))
    scale = np.empty_like(log_weight)
    for place, tie in enumerate(TIES):
        likely, scale[place] = _given(tie, spread, model, weights, residual / size)
        log_weight[place] = likely + prior.ties[place] + prior.ratios
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    half = half_width(size * scale.ravel(), weight.ravel(), n - k, level)
    return Fit(estimate, half, n - k, float(weight.sum(axis=1) @ TIES))


def _given(
    tie: float, spread: Floats, model: Model, weights: Floats, y: Floats
) -> tuple[Floats, Floats]:
    """Log likelihood and the scale of the estimate's error, each (ratios,), given how readings resemble."""
    n, k = model.x.shape
    follow = np.sign(tie) * np.abs(tie) ** model.pause  # (n − 1,)
    left = np.sqrt(1 - follow**2)
    both = np.column_stack([model.x, y])[None] / spread[:, :, None]  # (ratios, n, k + 1)
    white = both.copy()
    white[:, 1:] -= follow[:, None] * both[:, :-1]
    white[:, 1:] /= left[:, None]
    cross = np.swapaxes(white, 1, 2) @ white
    inner = cross[:, :k, :k]
    solved = np.linalg.solve(inner, cross[:, :k, k:])[:, :, 0]
    rest = np.maximum(cross[:, k, k] - (cross[:, :k, k] * solved).sum(axis=1), 1e-300)
    log_size = 2 * np.log(spread).sum(axis=1) + 2 * np.log(left).sum()
    likely = -0.5 * (log_size + np.linalg.slogdet(inner)[1] + (n - k) * np.log(rest))
    return likely, np.sqrt(rest / (n - k) * _spread_of(weights * spread, follow))


def _spread_of(weights: Floats, follow: Floats) -> Floats:
    """wᵀ R w, for errors whose neighbours correlate by ``follow``; weights are (ratios, n)."""
    carried, total = np.zeros(len(weights)), (weights**2).sum(axis=1)
    for place, one in enumerate(follow):
        carried = one * (carried + weights[:, place])
        total += 2 * carried * weights[:, place + 1]
    return np.asarray(np.maximum(total, 0))
