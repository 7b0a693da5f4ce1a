"""What it costs to allow for ties: 10 readings and 8, beside three comparisons, each by one prior.

Where there are none the interval holds the truth more often than it says, and where ties are strong less often.
This shows both, and how often it does where ties and spreads are as likely as its prior has them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.effect.coverage import SEED
from benchmarks.effect.worlds import Chance, tied
from earnest.engine.effect.regression import (
    RATIOS,
    TIES,
    Model,
    Prior,
    fit,
    plain_prior,
    usual_prior,
)

BEFORE, AFTER, OTHERS = 10, 8, 3
AS_TOLD: Final = "both, as told"
COUNT: Final = BEFORE + AFTER
SINCE: Final = np.arange(COUNT) >= BEFORE


@dataclass(frozen=True, slots=True)
class Allowed:
    """How often the truth was held, and how wide the intervals were on average."""

    what: str
    allows: str
    held: float
    width: float


def allowing(count: int) -> list[Allowed]:
    usual, plain = usual_prior(COUNT), plain_prior()
    same = np.where(np.isclose(RATIOS, 0), 0.0, -np.inf)
    ties, spreads = Prior(usual.ties, same), Prior(plain.ties, usual.ratios)
    none = _fixed(0.0)
    known, told = "no ties, one spread", AS_TOLD
    return [
        _allowed((known, "neither, as any book"), none, plain, count),
        _allowed((known, "other spreads since"), none, spreads, count),
        _allowed((known, "ties"), none, ties, count),
        _allowed((known, told), none, usual, count),
        _allowed(("AR .3, one spread", told), _fixed(0.3), usual, count),
        _allowed(("AR .6, one spread", told), _fixed(0.6), usual, count),
        as_the_prior_has_it(count),
    ]


def as_the_prior_has_it(count: int) -> Allowed:
    """Of readings whose ties and spreads are drawn from the prior."""
    usual = usual_prior(COUNT)
    return _allowed(("as likely as the prior has them", AS_TOLD), _drawn(usual), usual, count)


type Nature = Callable[[Chance], tuple[float, float]]  # the tie, and the log of the spread's ratio


def _fixed(tie: float) -> Nature:
    return lambda _: (tie, 0.0)


def _drawn(prior: Prior) -> Nature:
    """Ties and ratios as often as the prior has them."""
    chances = [np.exp(one - one.max()) for one in (prior.ties, prior.ratios)]
    ties, ratios = (one / one.sum() for one in chances)
    return lambda chance: (
        float(chance.choice(TIES, p=ties)),
        float(chance.choice(RATIOS, p=ratios)),
    )


def _allowed(words: tuple[str, str], nature: Nature, prior: Prior, count: int) -> Allowed:
    held, width = 0, 0.0
    for one in range(count):
        chance = np.random.default_rng((SEED, 1000, one))
        found = fit(_model(_errors(*nature(chance), chance)), 0.9, prior)
        if found.half is None:
            raise AssertionError("readings that are drawn vary")
        held += abs(found.estimate) <= found.half
        width += 2 * found.half
    return Allowed(*words, held / count, width / count)


def _errors(tie: float, ratio: float, chance: Chance) -> NDArray[np.float64]:
    """Of the difference from the mean of the others; nothing truly changed."""
    rows = np.array([tied(COUNT, tie, chance) for _ in range(1 + OTHERS)])
    rows[:, SINCE] *= np.exp(ratio)
    return np.asarray(rows[0] - rows[1:].mean(axis=0))


def _model(y: NDArray[np.float64]) -> Model:
    x = np.column_stack([np.ones(COUNT), SINCE])
    return Model(y, x, np.array([0.0, 1.0]), np.ones(COUNT - 1), BEFORE, np.ones((1, COUNT)))
