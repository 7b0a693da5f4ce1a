"""What to read from a state: the chance of the next act, and how far each condition is met."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from earnest.engine.belief import probit
from earnest.engine.belief.events import CONDITIONS, DID
from earnest.engine.belief.filter import State, at_moment
from earnest.engine.belief.observe import COLUMNS, weights_of
from earnest.engine.belief.params import DEFAULTS, SIZE, Params
from earnest.engine.belief.record import Sort

_EIGHTY: Final = 1.2815515655446004  # Φ⁻¹(.9)
_LITTLE_KNOWN: Final = 0.95  # of the prior variance is left
_ALIKE: Final = 0.01  # two conditions as little supported
_SPOKEN_OF: Final = 0.85  # of the variance is left at most, where they said something on it lately


class Chance(NamedTuple):
    """The chance of a deed and its 80 % interval: what more evidence might make of it."""

    value: float
    low: float
    high: float


class Condition(NamedTuple):
    """How far a condition is met.

    ``mean``, ``sd`` of the latent part; ``supported``: the chance that an answer would be 4 or 5 if it
    told of this condition alone, neither of politeness nor of how this person usually is; ``word``:
    clear, likely, ask, or unknown while little is known.
    """

    name: str
    mean: float
    sd: float
    supported: float
    word: str


def chance(state: State, item: str, at: float, params: Params = DEFAULTS) -> Chance:
    """The chance that the next act of this sort, at this moment, is done."""
    centre, variance = _score(at_moment(state, at, params), item, params)
    value = _done(centre / math.sqrt(1.0 + variance), params)
    reach = _EIGHTY * math.sqrt(variance)
    low, high = _done(centre - reach, params), _done(centre + reach, params)
    return Chance(value, min(low, value), max(high, value))


def log_odds(state: State, item: str, params: Params = DEFAULTS) -> float:
    """Log-odds of the next act of this sort, at the moment of the state."""
    centre, variance = _score(state, item, params)
    z = centre / math.sqrt(1.0 + variance)
    return math.log(_done(z, params) / _done(-z, params))


def _done(z: float, params: Params) -> float:
    """The chance of a deed: by its score, or by a slip."""
    return params.slip / 2 + (1.0 - params.slip) * probit.cdf(z)


def conditions(state: State, at: float, params: Params = DEFAULTS) -> tuple[Condition, ...]:
    """The four conditions at a moment, in their fixed order."""
    now = at_moment(state, at, params)
    return tuple(_condition(now, number, params) for number in range(len(CONDITIONS)))


def weakest(state: State, at: float, params: Params = DEFAULTS) -> Condition:
    """The condition that is least supported: where to ask next."""
    return min(conditions(state, at, params), key=lambda one: one.supported)


def least_met(among: Iterable[Condition]) -> Condition | None:
    """The least supported of these; None where there is none, or none stands out.

    None stands out where another is as little supported and it was not spoken of lately: deeds
    alone tell that something is open, and not which of them.
    """
    first, second = [*sorted(among, key=lambda one: one.supported)[:2], None, None][:2]
    if first is None or second is None or second.supported - first.supported >= _ALIKE:
        return first
    return None if first.sd**2 > _SPOKEN_OF else first


def _score(state: State, item: str, params: Params) -> tuple[float, float]:
    """Mean and variance of the score of a deed, without the noise of the moment."""
    weights, offset = weights_of(Sort(DID, item), params)
    centre = offset + sum(w * m for w, m in zip(weights, state.mean, strict=True))
    parts = [i for i in range(SIZE) if weights[i]]
    variance = sum(weights[i] * weights[j] * state.cov[COLUMNS[i][j]] for i in parts for j in parts)
    return centre, max(variance, 0.0)


def _condition(now: State, number: int, params: Params) -> Condition:
    mean, variance = now.mean[number], max(now.cov[COLUMNS[number][number]], 0.0)
    bar = params.cutpoints[2] - params.ease[number] - params.said.offset
    weight = params.said.condition
    supported = probit.cdf((weight * mean - bar) / math.sqrt(1.0 + weight * weight * variance))
    word = _word(supported, variance)
    return Condition(CONDITIONS[number], mean, math.sqrt(variance), supported, word)


def _word(supported: float, variance: float) -> str:
    if variance > _LITTLE_KNOWN:
        return "unknown"
    return "clear" if supported >= 2 / 3 else "likely" if supported >= 1 / 2 else "ask"
