"""The filter and the smoother against the same model worked out in other ways.

Truth by a grid: one person, one passing part (conditions and commitment tied to nothing else), its
posterior held as numbers on a fine grid and moved by the exact transition. The smoother against one
joint Gaussian over all moments with the filter's own sites.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest

from earnest.engine.belief import DEFAULTS, Event, Params, prior, smooth, take_in
from earnest.engine.belief.filter import at_moment
from earnest.engine.belief.observe import PAIRS, prior_cov, slip_of, target, weights_of
from earnest.engine.belief.params import BUSY, LASTING, MOVING, PASSING, SIZE
from earnest.engine.belief.probit import Floats
from earnest.engine.belief.record import Sort
from earnest.engine.tests.histories import drawn

GRID = np.linspace(-7, 7, 141)
PLAIN = Params.from_dict(
    DEFAULTS.as_dict()
    | {"ties": [0.0] * 5, "done": 0.0, "missed": 0.0, "trend": 0.4, "tau": 50.0, "tau_busy": 50.0}
    | {"did": DEFAULTS.did._replace(busy=0.0)._asdict()}
)
HABITS = Params.from_dict(PLAIN.as_dict() | {"done": 0.8, "missed": 0.6})


def normal_cdf(x: Floats) -> Floats:
    return np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in x.ravel()]).reshape(
        x.shape
    )


def on_a_grid(deeds: list[tuple[float, int]], params: Params) -> tuple[float, Floats]:
    """Log-likelihood of deeds at moments, and the exact means of the passing and the lasting part."""
    density = np.exp(-0.5 * (GRID[:, None] ** 2 + GRID[None, :] ** 2))
    density /= density.sum()
    total, last = 0.0, deeds[0][0]
    for at, value in deeds:
        density = _moved(density, math.exp(-(at - last) / params.tau), params.trend)
        score = params.did.passing * GRID[:, None] + params.did.lasting * GRID[None, :]
        done = params.slip / 2 + (1 - params.slip) * normal_cdf(score + params.did.offset)
        density = density * (done if value else 1 - done)
        total += math.log(density.sum())
        density, last = density / density.sum(), at
    return total, np.array([density.sum(1) @ GRID, density.sum(0) @ GRID])


def _moved(density: Floats, fade: float, goal: float) -> Floats:
    if fade == 1.0:
        return density
    centre = goal + fade * (GRID - goal)
    step = np.exp(-0.5 * (GRID[:, None] - centre[None, :]) ** 2 / (1 - fade * fade))
    return np.asarray((step / step.sum(0)) @ density)


@pytest.mark.parametrize(
    "deeds",
    [
        [(0.0, 1)],
        [(0.0, 1), (40.0, 0), (41.0, 0), (300.0, 1)],
        [(float(day), 0) for day in range(0, 120, 12)],
        [(0.0, 1), (0.0, 0), (60.0, 1), (70.0, 1), (500.0, 1), (530.0, 1)],
    ],
)
def test_deeds_are_believed_as_on_an_exact_grid(deeds: list[tuple[float, int]]) -> None:
    state, total = prior(PLAIN), 0.0
    for at, value in deeds:
        state, log_likelihood = take_in(state, Event(at, "did", "kept", value), PLAIN)
        total += log_likelihood
    truth, means = on_a_grid(deeds, PLAIN)
    assert total == pytest.approx(truth, abs=0.02)
    assert [state.mean[PASSING], state.mean[LASTING]] == pytest.approx(means, abs=0.1)


def test_one_observation_is_exact_for_every_kind() -> None:
    """Against importance sampling from the prior: mean and log-likelihood of a single event."""
    chance = np.random.default_rng(3)
    root = np.linalg.cholesky(square(prior_cov(DEFAULTS)))
    people = chance.normal(size=(200_000, SIZE)) @ root.T
    for kind, item, value in (("said", "owns", 4), ("nodded", "", 0), ("did", "kept", 1)):
        weights, offset = weights_of(Sort(kind, item), DEFAULTS)
        score = people @ np.array(weights) + offset
        bounds = (
            (-np.inf, *DEFAULTS.cutpoints, np.inf) if kind == "said" else (-np.inf, 0.0, np.inf)
        )
        step = value - 1 if kind == "said" else value
        mass = normal_cdf(bounds[step + 1] - score) - normal_cdf(bounds[step] - score)
        slip = slip_of(Sort(kind, item), DEFAULTS)
        mass = slip / (len(bounds) - 1) + (1 - slip) * mass
        taken = take_in(prior(), Event(0.0, kind, item, value))
        mean = list(taken.state.mean)
        if kind == "did":
            mean[PASSING] -= DEFAULTS.done * (1 - math.exp(taken.log_likelihood))
        assert taken.log_likelihood == pytest.approx(math.log(mass.mean()), abs=0.01)
        assert mean == pytest.approx(mass @ people / mass.sum(), abs=0.02)


def square(triangle: list[float] | tuple[float, ...]) -> Floats:
    full = np.zeros((SIZE, SIZE))
    for value, (i, j) in zip(triangle, PAIRS, strict=True):
        full[i, j] = full[j, i] = value
    return full


@pytest.mark.parametrize("params", [PLAIN, HABITS], ids=["plain", "habits"])
@pytest.mark.parametrize("person", range(3))
def test_two_smoothers_agree_on_uneven_gaps(person: int, params: Params) -> None:
    history = drawn(3, 7, params, seed=11).events_of(person)
    assert any(event.kind == "did" for event in history[1:])
    smoothed = smooth(history, params)
    mean, cov = jointly(history, params)
    for number, state in enumerate(smoothed.states):
        np.testing.assert_allclose(state.mean, mean[number], atol=1e-7)
        np.testing.assert_allclose(square(state.cov), cov[number], atol=1e-7)


def jointly(history: tuple[Event, ...], params: Params) -> tuple[Floats, Floats]:
    """Means (K, 8) and covariances (K, 8, 8) by solving one Gaussian of 8 K numbers at once."""
    moments = np.array([event.at for event in history])
    start, goal = square(prior_cov(params)), np.array(target(params))
    moving = np.isin(np.arange(SIZE), [*MOVING, BUSY])  # with the same time constant here
    since = moments - moments[0]
    fades = np.where(moving, np.exp(-since[:, None] / params.tau), 1.0)
    between = np.exp(-np.abs(moments[:, None] - moments[None, :]) / params.tau)
    both = np.where(moving[:, None] & moving[None, :], between[:, :, None, None], 1.0)
    count = len(history)
    told = sites(history, params)
    joint = (start * both).transpose(0, 2, 1, 3).reshape(count * SIZE, count * SIZE)
    centre = (goal - fades * goal + np.tril(between, -1) @ told.moved).ravel()
    rows, values, noises = told.rows, told.values, told.noises
    spread = rows @ joint @ rows.T + np.diag(noises)
    gain = np.linalg.solve(spread, rows @ joint).T
    mean = centre + gain @ (values - rows @ centre)
    cov = joint - gain @ rows @ joint
    blocks = cov.reshape(count, SIZE, count, SIZE)
    return mean.reshape(count, SIZE) + told.moved, np.array([blocks[k, :, k] for k in range(count)])


class Sites(NamedTuple):
    """Each event as a Gaussian observation (K, 8 K), its value and noise; how far it moved x (K, 8)."""

    rows: Floats
    values: Floats
    noises: Floats
    moved: Floats


def sites(history: tuple[Event, ...], params: Params) -> Sites:
    """Each event as the Gaussian observation of its score that the filter in effect made of it."""
    state, count = prior(params), len(history)
    found = Sites(
        np.zeros((count, count * SIZE)), np.zeros(count), np.zeros(count), np.zeros((count, SIZE))
    )
    for number, event in enumerate(history):
        weights = np.array(weights_of(Sort(event.kind, event.item), params)[0])
        before = at_moment(state, event.at, params)
        state, log_likelihood = take_in(state, event, params)
        if event.kind == "did":
            habit = params.done if event.value else -params.missed
            found.moved[number, PASSING] = habit * (1 - math.exp(log_likelihood))
        old, new = weights @ square(before.cov) @ weights, weights @ square(state.cov) @ weights
        found.noises[number] = 1 / (1 / new - 1 / old)
        told = weights @ (np.array(state.mean) - found.moved[number])
        centre = told / new - weights @ np.array(before.mean) / old
        found.values[number] = centre * found.noises[number]
        found.rows[number, number * SIZE : (number + 1) * SIZE] = weights
    return found


def test_the_last_smoothed_state_is_the_filtered_one() -> None:
    history = drawn(1, 20).events_of(0)
    state = prior()
    for event in history:
        state = take_in(state, event).state
    smoothed = smooth(history)
    assert smoothed.states[-1] == state
    assert smooth([]).states == ()


def test_knowing_what_came_after_makes_no_moment_less_sure() -> None:
    history = drawn(1, 30, seed=5).events_of(0)
    state = prior()
    for event, smoothed in zip(history, smooth(history).states, strict=True):
        state = take_in(state, event).state
        for i in range(SIZE):
            place = i * (i + 1) // 2 + i
            assert smoothed.cov[place] <= state.cov[place] + 1e-9
