"""Shares of counted cases: the exact posterior of how much they changed.

Each share has Jeffreys' prior, which is even over θ where p = sin² θ, so that a grid over θ serves no case at
all as well as a million. Where there are several periods, cases of one period may resemble each other: their
counts are beta-binomial with a correlation inside a period that is weighed on a grid too, the same for all
groups and both sides of the start (Crowder 1978). Nothing is approximated but by the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

POINTS: Final = 128
BINS: Final = 4096
ALIKE: Final = np.concatenate([[0.0], np.geomspace(0.003, 0.6, 11)])  # inside a period
NONE_ALIKE: Final = 0.3  # prior of no resemblance at all; the rest is even in its root
MOST_FACTORS: Final = 400
SOME: Final = 1000  # counts at a time
STIRLING: Final = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680)


@dataclass(frozen=True, slots=True)
class Cell:
    """One group on one side of the start, a place for each period; cases may be part ones."""

    yes: Floats
    of: Floats

    @property
    def share(self) -> float:
        return float(self.yes.sum() / self.of.sum())


@dataclass(frozen=True, slots=True)
class Change:
    """A group's two cells, and how much its change counts: 1 the treated group, below 0 a comparison."""

    before: Cell
    after: Cell
    counts: float = 1.0


def interval(changes: Sequence[Change], level: float) -> tuple[float, float, float]:
    """Low and high of the sum of changes, each as it counts, from shares of 1; and how alike cases are."""
    periods = sum(len(one.before.of) + len(one.after.of) for one in changes)
    alike = ALIKE if periods > 2 * len(changes) else ALIKE[:1]
    found = [[_posterior(cell, one) for one in alike] for cell in _cells(changes)]
    log = np.array([[one.log for one in row] for row in found]).sum(axis=0) + _prior(len(alike))
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    low, width = _range(changes, found, weight)
    total = np.zeros(BINS)
    for place in np.flatnonzero(weight > 1e-6):
        here = [row[place] for row in found]
        total += weight[place] * _summed(changes, here, (low, width))
    edges = low + width * (np.arange(BINS + 1) - 0.5)
    held = np.concatenate([[0.0], np.cumsum(total) / total.sum()])
    ends = np.interp([(1 - level) / 2, (1 + level) / 2], held, edges)
    return float(ends[0]), float(ends[1]), float(weight @ alike)


def _cells(changes: Sequence[Change]) -> list[Cell]:
    return [cell for one in changes for cell in (one.before, one.after)]


def _prior(count: int) -> Floats:
    if count == 1:
        return np.zeros(1)
    width = np.gradient(np.sqrt(ALIKE[1:]))
    return np.log(np.concatenate([[NONE_ALIKE], (1 - NONE_ALIKE) * width / width.sum()]))


@dataclass(frozen=True, slots=True)
class Posterior:
    """Of a cell's share, given how alike its cases are."""

    share: Floats  # (points,)
    weight: Floats  # (points,), together 1
    log: float  # of the likelihood, over the prior

    @property
    def mean(self) -> float:
        return float(self.weight @ self.share)

    @property
    def variance(self) -> float:
        return float(self.weight @ (self.share - self.mean) ** 2)


def _posterior(cell: Cell, alike: float) -> Posterior:
    """On a grid as wide as the cases allow."""
    worth = float((cell.of / (1 + (cell.of - 1) * alike)).sum())
    middle = np.arcsin(np.sqrt((cell.yes.sum() + 0.5) / (cell.of.sum() + 1)))
    low = max(0.0, middle - 4 / np.sqrt(worth))
    high = min(np.pi / 2, middle + 4 / np.sqrt(worth))
    step = (high - low) / POINTS
    theta = low + step * (np.arange(POINTS) + 0.5)
    log = _log_likelihood(cell, np.sin(theta) ** 2, np.cos(theta) ** 2, alike)
    most = log.max()
    weight = np.exp(log - most)
    total = weight.sum()
    return Posterior(np.sin(theta) ** 2, weight / total, float(most + np.log(total * step)))


def _log_likelihood(cell: Cell, yes: Floats, no: Floats, alike: float) -> Floats:
    """(points,): without what the share and the resemblance do not change."""
    if not alike:
        return cell.yes.sum() * np.log(yes) + (cell.of - cell.yes).sum() * np.log(no)
    among = 1 / alike - 1
    found = _risen(cell.yes, yes * among) + _risen(cell.of - cell.yes, no * among)
    return found - _risen(cell.of, np.array([among]))


def _risen(counts: Floats, a: Floats) -> Floats:
    """(points,): Σ ln Γ(count + a) − ln Γ(a), as the logs of a, a + 1, … where there are few of them."""
    most = int(counts.max(initial=0))
    if most > MOST_FACTORS or (counts % 1).any():
        count, times = np.unique(counts, return_counts=True)
        parts = range(0, len(count), SOME)
        risen = sum(
            times[at : at + SOME] @ log_gamma(count[at : at + SOME, None] + a) for at in parts
        )
        return np.asarray(risen - len(counts) * log_gamma(a))
    steps = np.arange(most)
    beyond = len(counts) - np.searchsorted(np.sort(counts), steps, side="right")
    return np.asarray(beyond @ np.log(a + steps[:, None]))


def log_gamma(x: Floats) -> Floats:
    """ln Γ for x > 0: Stirling's series beyond 8, to which what lies below is raised."""
    small = x < 8
    up = np.where(small, x + 8, x)
    raised = np.ones_like(up)
    below = np.where(small, x, 1.0)
    for step in range(8):
        raised *= np.where(small, below + step, 1.0)
    inverse = 1 / up
    square = inverse * inverse
    series = inverse * (
        STIRLING[0] + square * (STIRLING[1] + square * (STIRLING[2] + square * STIRLING[3]))
    )
    return np.asarray((up - 0.5) * np.log(up) - up + 0.9189385332046727 + series - np.log(raised))


def _range(
    changes: Sequence[Change], found: list[list[Posterior]], weight: Floats
) -> tuple[float, float]:
    """Where the sum lies: its lowest, and the width of a bin."""
    counts = np.array([sign * one.counts for one in changes for sign in (-1, 1)])
    means = counts @ np.array([[one.mean for one in row] for row in found])
    variances = counts**2 @ np.array([[one.variance for one in row] for row in found])
    middle = float(weight @ means)
    wide = 12 * float(np.sqrt(weight @ (variances + (means - middle) ** 2)))
    return middle - wide, 2 * wide / BINS


def _summed(
    changes: Sequence[Change], found: list[Posterior], scale: tuple[float, float]
) -> Floats:
    """(bins,): weights of the sum of changes, by convolution of each share around its middle."""
    low, width = scale
    counts = [one.counts * sign for one in changes for sign in (-1, 1)]
    ahead = sum(one.mean * count for one, count in zip(found, counts, strict=True)) - low
    bins, part = divmod(ahead / width, 1.0)
    whole = np.ones(BINS // 2 + 1, complex)
    for one, count in zip(found, counts, strict=True):
        away = count * (one.share - one.mean) / width
        whole = whole * np.fft.rfft(_spread(away + part, one.weight))
        part = 0.0
    return np.roll(np.maximum(np.fft.irfft(whole, BINS), 0), int(bins))


def _spread(place: Floats, weight: Floats) -> Floats:
    """Weights to bins around 0, each shared between its two neighbours."""
    limit = BINS / 2 - 2
    place = np.clip(place, -limit, limit)
    left = np.floor(place)
    over = place - left
    at = left.astype(int) % BINS
    near = np.bincount(at, weight * (1 - over), BINS)
    return near + np.bincount((at + 1) % BINS, weight * over, BINS)
