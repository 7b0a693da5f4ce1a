"""How good chances are, given what was done: log-loss, Brier, AUC, calibration error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np

from benchmarks.belief.rows import Floats, Ints

BINS = 10
SURE = 1e-6  # nobody is ever surer than this


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one forecaster on one set of deeds."""

    log_loss: float
    brier: float
    auc: float
    calibration: float


def scores(chances: Floats, done: Ints) -> Scores:
    return Scores(
        log_loss(chances, done),
        float(np.mean((chances - done) ** 2)),
        auc(chances, done),
        calibration(chances, done),
    )


def losses(chances: Floats, done: Ints) -> Floats:
    """-log of the chance given to what happened; shape (deeds,)."""
    held = np.clip(chances, SURE, 1 - SURE)
    return cast("Floats", -np.log(np.where(done == 1, held, 1 - held)))


def log_loss(chances: Floats, done: Ints) -> float:
    return float(losses(chances, done).mean())


def auc(chances: Floats, done: Ints) -> float:
    """The chance that one done was thought likelier than one missed; ties count half."""
    _, where, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]
    ones = int(done.sum())
    if ones in {0, len(done)}:
        return float("nan")
    return float((ranks[done == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(done) - ones)))


def bins(chances: Floats, done: Ints) -> Floats:
    """Ten bins of equal count by rising chance: mean chance, share done, count; (10, 3)."""
    order = np.argsort(chances, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return np.array([(chances[part].mean(), done[part].mean(), len(part)) for part in parts])


def calibration(chances: Floats, done: Ints) -> float:
    """Expected calibration error: over the ten bins, |mean chance - share done|, by count."""
    found = bins(chances, done)
    return float(np.average(np.abs(found[:, 0] - found[:, 1]), weights=found[:, 2]))


def difference(ours: Floats, theirs: Floats, person: Ints, times: int = 400) -> tuple[float, float]:
    """Theirs less ours in log-loss a deed, and its standard error by drawing *people* anew.

    ours, theirs: losses, shape (deeds,); person: whose deed each is.
    """
    _, who = np.unique(person, return_inverse=True)
    gained = np.bincount(who, theirs - ours)
    count = np.bincount(who)
    draws = np.random.default_rng(11).multinomial(
        len(count), np.full(len(count), 1 / len(count)), times
    )
    return float(gained.sum() / count.sum()), float(
        np.std(draws @ gained / (draws @ count), ddof=1)
    )
