"""The smoother: what is believed of each moment of the past, given everything since.

Rauch, Tung and Striebel (1965) over the filter's Gaussians (Särkkä, Bayesian Filtering and Smoothing,
2013, ch. 8). Backwards from the last event, with J = P Fᵀ (P⁻)⁻¹:

    m_k ← m_k + J (m_{k+1} − u_{k+1} − m⁻_{k+1}),   P_k ← P_k + J (P_{k+1} − P⁻_{k+1}) Jᵀ.

u is how far a deed itself moved passing commitment (``filter.moved_by``): it came after that moment's
observation, so it tells nothing of what was before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from earnest.engine.belief.events import Event, in_order
from earnest.engine.belief.filter import State, at_moment, moved_by, prior, take_in
from earnest.engine.belief.observe import PAIRS
from earnest.engine.belief.params import BUSY, DEFAULTS, MOVING, PASSING, SIZE, Params
from earnest.engine.belief.probit import Floats


@dataclass(frozen=True, slots=True)
class Smoothed:
    """``states``: one after each event, given all events; ``log_likelihood`` of the whole history."""

    states: tuple[State, ...]
    log_likelihood: float


def smooth(events: Iterable[Event], params: Params = DEFAULTS) -> Smoothed:
    """The smoothed history of one person; events in any order."""
    ordered = in_order(events)
    filtered: list[State] = []
    moved: list[float] = []
    state, total = prior(params), 0.0
    for event in ordered:
        state, log_likelihood = take_in(state, event, params)
        filtered.append(state)
        moved.append(moved_by(event, log_likelihood, params))
        total += log_likelihood
    return Smoothed(tuple(_backwards(filtered, moved, params)), total)


def _backwards(filtered: list[State], moved: list[float], params: Params) -> list[State]:
    smoothed = filtered[-1:]
    for number in reversed(range(len(filtered) - 1)):
        later = _unmoved(smoothed[-1], moved[number + 1])
        smoothed.append(_one_back(filtered[number], later, params))
    return smoothed[::-1]


def _unmoved(state: State, by: float) -> State:
    mean = (*state.mean[:PASSING], state.mean[PASSING] - by, *state.mean[PASSING + 1 :])
    return State(state.at, mean, state.cov)


def _moment(state: State) -> float:
    assert state.at is not None  # noqa: S101 - a filtered state always has one
    return state.at


def _one_back(now: State, later: State, params: Params) -> State:
    """From the smoothed state ``later``, before it was moved, to the smoothed state at ``now``."""
    then = _moment(later)
    ahead = at_moment(now, then, params)
    cov, cov_ahead, cov_later = _square(now.cov), _square(ahead.cov), _square(later.cov)
    pull = np.linalg.solve(cov_ahead, _faded(cov, _moment(now) - then, params)).T
    mean = np.array(now.mean) + pull @ (np.array(later.mean) - np.array(ahead.mean))
    smoothed = cov + pull @ (cov_later - cov_ahead) @ pull.T
    return State(now.at, tuple(mean.tolist()), _triangle(smoothed))


def _faded(cov: Floats, days: float, params: Params) -> Floats:
    """F P (8, 8), with ``days`` from then back to now, at most 0."""
    fade = np.ones(SIZE)
    fade[list(MOVING)] = np.exp(days / params.tau)
    fade[BUSY] = np.exp(days / params.tau_busy)
    return fade[:, None] * cov


def _square(triangle: tuple[float, ...]) -> Floats:
    square = np.zeros((SIZE, SIZE))
    for value, (i, j) in zip(triangle, PAIRS, strict=True):
        square[i, j] = square[j, i] = value
    return square


def _triangle(square: Floats) -> tuple[float, ...]:
    return tuple(float(square[i, j] + square[j, i]) / 2 for i, j in PAIRS)
