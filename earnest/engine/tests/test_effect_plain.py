"""The plain cases beside statsmodels, whose figures are recorded here (0.15.0; benchmarks/effect runs it)."""

from __future__ import annotations

import numpy as np
import pytest

from earnest.engine.effect import find_effect
from earnest.engine.effect.regression import plain_prior
from earnest.engine.effect.series import Series, series_of, table_of
from earnest.engine.effect.ways import of_series
from earnest.engine.tests.known import FALL, RAISE, nile, restaurants


def nile_series() -> Series:
    return series_of(table_of(nile()), FALL, "nile")


def test_interrupted_series_is_least_squares_to_its_interval() -> None:
    """sm.OLS(flow, [1, after, time before, time after]).fit(): params[1], conf_int(0.1)[1]."""
    found = of_series(nile_series(), 0.9, plain_prior())
    assert found.estimate == pytest.approx(-305.7257046014895, rel=1e-10)
    assert (found.low, found.high) == pytest.approx((-559.45078524, -52.00062396), rel=1e-8)


def test_ties_make_the_interval_wider_than_least_squares_and_hac() -> None:
    """cov_type="HAC", maxlags=4, use_t: −549.76 to −61.69, narrower than OLS, as it is with ties and few readings."""
    found = of_series(nile_series(), 0.9)
    assert found.estimate == pytest.approx(-305.7257046014895, rel=1e-10)
    assert found.low is not None
    assert found.high is not None
    assert found.low < -559.45
    assert found.high > -52.0


def test_nile_fell_and_it_is_said() -> None:
    found = find_effect(nile(), start=FALL, treated="nile", better="down")
    assert found.enough
    assert found.before == pytest.approx(1097.75)  # as published
    assert found.estimate is not None
    assert found.low is not None
    assert found.high is not None
    assert found.high < 0


def test_restaurants_of_new_jersey_changed_as_published() -> None:
    """Published: 2.76, from means of more digits than its table shows."""
    found = find_effect(restaurants(), start=RAISE, treated="New Jersey")
    assert found.estimate == pytest.approx(2.76, abs=0.011)
    assert found.low is None
    assert not found.enough
    assert "only 1 reading" in found.why_not


def test_difference_in_differences_is_the_interaction_of_least_squares() -> None:
    """sm.OLS over both groups with a term for each period gives the same estimate and interval as their
    difference does; here by the normal equations."""
    chance = np.random.default_rng(5)
    after = np.arange(14) >= 8
    value = chance.normal(10, 2, (2, 14))
    day = np.arange(14.0)
    found = of_series(Series(day, after, value, None, ("b",)), 0.9, plain_prior())
    treated = np.repeat([1.0, 0.0], 14)
    periods = np.vstack([np.eye(14), np.eye(14)])
    x = np.column_stack([periods, treated, treated * np.tile(after, 2)])
    solved, rest, _, _ = np.linalg.lstsq(x, value.ravel())
    error = np.sqrt(rest[0] / (28 - 16) * np.linalg.inv(x.T @ x)[-1, -1])
    stats = pytest.importorskip("scipy.stats")
    assert found.estimate == pytest.approx(solved[-1], rel=1e-9)
    assert found.high is not None
    assert found.high - found.estimate == pytest.approx(error * stats.t.ppf(0.95, 12), rel=1e-8)
