"""Student's t, its mixtures and the gamma function, against SciPy."""

from __future__ import annotations

import numpy as np
import pytest

from earnest.engine.effect.shares import log_gamma
from earnest.engine.effect.student import cdf, half_width, incomplete_beta

special = pytest.importorskip("scipy.special")
stats = pytest.importorskip("scipy.stats")


@pytest.mark.parametrize("degrees", [1, 2, 3, 7, 30, 250, 5000])
def test_t_is_that_of_scipy(degrees: int) -> None:
    t = np.concatenate([-np.geomspace(1e-6, 1e4, 40), [0.0], np.geomspace(1e-6, 1e4, 40)])
    assert cdf(t, degrees) == pytest.approx(stats.t.cdf(t, degrees), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (3.0, 0.5), (40.0, 60.0), (2000.0, 3.0)])
def test_incomplete_beta_is_that_of_scipy(a: float, b: float) -> None:
    x = np.linspace(0, 1, 101)
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("degrees", [1, 2, 6, 96, 3000])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_one_scale_gives_the_quantile(degrees: int, level: float) -> None:
    found = half_width(np.array([2.5]), np.ones(1), degrees, level)
    assert found == pytest.approx(2.5 * stats.t.ppf((1 + level) / 2, degrees), rel=1e-8)


def test_a_mixture_holds_what_it_should() -> None:
    scale, weight = np.array([1.0, 3.0, 0.2]), np.array([0.5, 0.2, 0.3])
    found = half_width(scale, weight, 9, 0.9)
    held = weight @ (2 * stats.t.cdf(found / scale, 9) - 1)
    assert held == pytest.approx(0.9, abs=1e-9)


def test_log_gamma_is_that_of_scipy() -> None:
    x = np.geomspace(1e-4, 1e9, 2000)
    assert log_gamma(x) == pytest.approx(special.gammaln(x), rel=1e-11, abs=1e-11)
