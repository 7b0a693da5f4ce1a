"""statsmodels on the same data: least squares, HAC, and feasible generalised least squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.effect.coverage import SEED
from benchmarks.effect.worlds import START, WORLDS
from earnest.engine.effect.regression import plain_prior
from earnest.engine.effect.series import Series, series_of, table_of
from earnest.engine.effect.ways import columns_of, of_series
from earnest.engine.tests.known import FALL, nile


def _statsmodels() -> Any:
    """Its interface, or None: it is of an optional group."""
    try:
        return import_module("statsmodels.api")
    except ImportError:
        return None


statsmodels: Any = _statsmodels()
MOST_ROUNDS = 50
PLAIN = ("weeks", "comparison", "three comparisons", "trend", "weekdays", "months", "strong ties")
HELD = (
    *("weeks", "three comparisons", "comparison, weak ties", "comparison, strong ties"),
    *("trend", "weak ties", "ties", "strong ties"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An estimate and its interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Beside:
    """One series, by us as least squares, by us as usual, and by statsmodels."""

    name: str
    plain: Answer
    usual: Answer
    peers: dict[str, Answer]

    @property
    def furthest(self) -> float:
        """The largest difference of our least squares from theirs, in widths of the interval."""
        ols = self.peers["OLS"]
        ends = zip(
            (self.plain.estimate, self.plain.low, self.plain.high),
            (ols.estimate, ols.low, ols.high),
            strict=True,
        )
        return max(abs(one - other) for one, other in ends) / (ols.high - ols.low)


def all_beside() -> list[Beside]:
    """The Nile, and a draw of each plain world."""
    found = [beside("the Nile, all of it", series_of(table_of(nile()), FALL, "nile"))]
    for place, world in enumerate(WORLDS):
        if world.name in PLAIN:
            made = world.made(np.random.default_rng((99, place)))
            found.append(beside(world.name, series_of(made.table, START, "g0")))
    return found


def beside(name: str, series: Series) -> Beside:
    return Beside(name, _ours(series, plain=True), _ours(series, plain=False), peers_of(series))


def _ours(series: Series, *, plain: bool) -> Answer:
    found = of_series(series, 0.9, plain_prior() if plain else None)
    if found.low is None or found.high is None:
        raise AssertionError(found.too_few)
    return Answer(found.estimate, found.low, found.high)


def peers_of(series: Series) -> dict[str, Answer]:
    """By each of statsmodels' ways; empty where it is not installed."""
    if statsmodels is None:
        return {}
    x = columns_of(series)[1]
    y = series.value[0] - (series.value[1:].mean(axis=0) if len(series.value) > 1 else 0.0)
    lags = int(np.floor(4 * (len(y) / 100) ** (2 / 9)))  # Newey and West's rule
    hac = {"maxlags": lags, "use_correction": True}
    model = statsmodels.OLS(y, x)
    return {
        "OLS": _answer(model.fit()),
        "HAC": _answer(model.fit(cov_type="HAC", cov_kwds=hac, use_t=True)),
        "GLSAR": _answer(statsmodels.GLSAR(y, x, 1).iterative_fit(MOST_ROUNDS)),
    }


def _answer(fitted: Any) -> Answer:
    low, high = fitted.conf_int(0.1)[1]
    return Answer(float(fitted.params[1]), float(low), float(high))


def held(count: int, names: Sequence[str] = HELD) -> dict[str, NDArray[np.float64]]:
    """Of each world, how often OLS, HAC, GLSAR and ours hold the truth, of the same draws as in the table."""
    found = {}
    for place, world in enumerate(WORLDS):
        if world.name not in names:
            continue
        total = np.zeros(4)
        for one in range(count):
            made = world.made(np.random.default_rng((SEED, place, one)))
            series = series_of(made.table, START, "g0")
            answers = [*peers_of(series).values(), _ours(series, plain=False)]
            total += [each.low <= made.truth <= each.high for each in answers]
        found[world.name] = total / count
    return found
