"""The filter: what to believe of a person after each thing they said or did, in closed form.

Every event is one interval observation of a linear score of the state: 3 of 5 on a condition says that
score lies between two cutpoints, a deed that it lies above 0, a miss that it lies below. Assumed-density
filtering (Minka 2001; Herbrich, Minka and Graepel, TrueSkill, 2006; ordinal answers as in Albert and
Chib 1993): the posterior is replaced by the Gaussian with its mean and covariance. With score
s = w·x + ε, ε ~ N(0, 1), and prior N(m, P):

    r = P w,  v = w·r + 1,  z = (s − w·m) / √v given that it lies in the interval
    m ← m + r E[z] / √v,    P ← P − r rᵀ (1 − Var z) / v.

A deed also forms a habit: passing commitment moves by ``done`` times how unexpected it was, and down by
``missed`` likewise (the delta rule of Rescorla and Wagner 1972), so that habits have their bounds.

With a share of slips the posterior is a mixture of this and of the prior, and moments are matched to it:
with ω = P(no slip | event), E ← ω E and (1 − Var) ← ω (1 − Var) − ω (1 − ω) E². A surprise could widen P;
it is held, so that evidence never makes less sure.

Between events x_i − target_i fades by exp(−days / τ) for the parts that pass. The kernel keeps the mean
as its distance from the target and, instead of P, what evidence took from the prior: K = C − P. So the
passing of time is a multiplication, K_ij ← K_ij f_i f_j, and adds nothing up. The same lines serve one
person's floats, here, and arrays over many people, in ``many``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from earnest.engine.belief import probit
from earnest.engine.belief.events import DID, BadEvent, Event, check
from earnest.engine.belief.observe import (
    COLUMNS,
    PAIRS,
    Seen,
    observation,
    prior_cov,
    seen_by_one,
    step_of,
    target,
)
from earnest.engine.belief.params import BUSY, DEFAULTS, MOVING, PASSING, SIZE, Params
from earnest.engine.belief.probit import ONE, Floats, Numbers
from earnest.engine.belief.record import Sort

_BOTH_MOVE: Final = tuple(COLUMNS[i][j] for i, j in PAIRS if i in MOVING)
_WITH_BUSY: Final = COLUMNS[BUSY]
_ONE_MOVES: Final = tuple(COLUMNS[i][j] for i, j in PAIRS if i not in MOVING and j in MOVING)


@dataclass(frozen=True, slots=True)
class State:
    """What is believed of a person at a moment (None: nothing has happened yet).

    ``mean`` (8,); ``cov`` (36,) the lower triangle of the covariance, row by row.
    """

    at: float | None
    mean: tuple[float, ...]
    cov: tuple[float, ...]


class Taken(NamedTuple):
    """The state after an event, and the log of the chance it had before."""

    state: State
    log_likelihood: float


def prior(params: Params = DEFAULTS) -> State:
    """What is believed of somebody of whom nothing is known."""
    return State(None, (0.0,) * SIZE, tuple(prior_cov(params)))


def take_in(state: State, event: Event, params: Params = DEFAULTS) -> Taken:
    """One event: O(1) whatever the history. Raises BadEvent where time would go backwards."""
    check(event)
    mean, known = _opened(state, params)
    _predict(mean, known, *_fades(state, event.at, params))
    said = seen_by_one(observation(Sort(event.kind, event.item), step_of(event), params))
    log_likelihood = _condition_on(mean, known, said, ONE)
    return Taken(_closed(event.at, mean, known, params), log_likelihood)


def moved_by(event: Event, log_likelihood: float, params: Params = DEFAULTS) -> float:
    """How far the event itself moved passing commitment, beyond what it told."""
    if event.kind != DID:
        return 0.0
    habit = params.done if event.value else -params.missed
    return habit * (1.0 - math.exp(log_likelihood))


def at_moment(state: State, at: float, params: Params = DEFAULTS) -> State:
    """The state carried to a later moment without evidence."""
    mean, known = _opened(state, params)
    _predict(mean, known, *_fades(state, at, params))
    return _closed(at, mean, known, params)


def _predict[N: (float, Floats)](mean: list[N], known: list[N], fade: N, free: N) -> None:
    """Let time pass: ``mean`` (8) and ``known`` (36) are changed in place; ``free`` is that of busy."""
    for i in MOVING:
        mean[i] *= fade
    mean[BUSY] *= free
    for place in _ONE_MOVES:
        known[place] *= fade
    twice = fade * fade
    for place in _BOTH_MOVE:
        known[place] *= twice
    for place in _WITH_BUSY:
        known[place] *= free
    known[-1] *= free


def _condition_on[N: (float, Floats)](
    mean: list[N], known: list[N], seen: Seen[N], to: Numbers[N]
) -> N:
    """Take in one observation in place; return the log of the chance it had."""
    reach = _reach(known, seen)
    variance = _dot(seen.weights, reach, seen.parts) + 1.0
    sd = to.sqrt(variance)
    score = _dot(seen.weights, mean, seen.parts)
    cut = probit.truncated((seen.low - score) / sd, (seen.high - score) / sd, to)
    by_score = seen.sound * cut.chance
    likelihood = seen.chance + by_score
    sound = by_score / likelihood
    gain = sound * cut.mean / sd
    loss = sound * to.largest(cut.shrink - (1.0 - sound) * cut.mean * cut.mean, 0.0) / variance
    place = 0
    for i in range(SIZE):
        mean[i] += gain * reach[i]
        lost = loss * reach[i]
        for j in range(i + 1):
            known[place] += lost * reach[j]
            place += 1
    mean[PASSING] += seen.shift * (1.0 - likelihood)
    return to.log(likelihood)


def _reach[N: (float, Floats)](known: list[N], seen: Seen[N]) -> list[N]:
    """P w = C w − K w; arrays become it in the place of C w."""
    reach = list(seen.spread)
    for i, column in enumerate(COLUMNS):
        for j in seen.parts:
            reach[i] -= known[column[j]] * seen.weights[j]
    return reach


def _dot[N: (float, Floats)](left: Sequence[N], right: Sequence[N], parts: tuple[int, ...]) -> N:
    total = left[parts[0]] * right[parts[0]]
    for j in parts[1:]:
        total += left[j] * right[j]
    return total


def _opened(state: State, params: Params) -> tuple[list[float], list[float]]:
    mean = [m - t for m, t in zip(state.mean, target(params), strict=True)]
    return mean, [c - p for c, p in zip(prior_cov(params), state.cov, strict=True)]


def _closed(at: float, mean: Iterable[float], known: Iterable[float], params: Params) -> State:
    cov = tuple(c - k for c, k in zip(prior_cov(params), known, strict=True))
    return State(at, tuple(m + t for m, t in zip(mean, target(params), strict=True)), cov)


def _fades(state: State, at: float, params: Params) -> tuple[float, float]:
    """What is left of what passes, and of busy."""
    if state.at is None:
        return 1.0, 1.0
    if at < state.at:
        raise BadEvent("Time goes backwards: this happened before what was already taken in.")
    days = at - state.at
    return math.exp(-days / params.tau), math.exp(-days / params.tau_busy)
