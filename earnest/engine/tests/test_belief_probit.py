"""Φ and the truncated normal, far into the tails, for floats and arrays alike."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.engine.belief.probit import FAR, MANY, ONE, cdf, mills, truncated

PLAIN = settings(max_examples=60, deadline=None, derandomize=True)


@PLAIN
@given(st.floats(-37, 37))
def test_the_normal_integral_is_that_of_the_library(x: float) -> None:
    assert cdf(x) == pytest.approx(0.5 * math.erfc(-x / math.sqrt(2)), rel=1e-11, abs=1e-300)


def test_mills_ratio_falls_from_the_root_of_half_pi_like_one_over_x() -> None:
    assert mills(0.0) == pytest.approx(math.sqrt(math.pi / 2), rel=1e-15)
    assert mills(1e9) == pytest.approx(1e-9, rel=1e-12)


@PLAIN
@given(st.floats(-60, 60), st.floats(0.01, 80))
def test_moments_of_an_interval_are_those_of_an_integral(low: float, width: float) -> None:
    z = np.linspace(low, low + min(width, 40.0), 4_001)
    density = np.exp(-0.5 * (z * z - np.min(z * z)))
    density[[0, -1]] *= 0.5
    mean = (density @ z) / density.sum()
    spread = (density @ (z - mean) ** 2) / density.sum()
    found = truncated(low, low + min(width, 40.0), ONE)
    assert found.mean == pytest.approx(mean, rel=1e-3, abs=1e-3)
    assert 1.0 - found.shrink == pytest.approx(spread, rel=2e-2, abs=1e-4)


@PLAIN
@given(st.floats(-1e6, 1e6), st.one_of(st.just(FAR), st.floats(1e-3, 1e6)))
def test_floats_and_arrays_give_the_same(low: float, width: float) -> None:
    high = low + width
    one = truncated(low, high, ONE)
    many = truncated(np.array([low, low]), np.array([high, high]), MANY)
    for number, numbers in zip(one, many, strict=True):
        np.testing.assert_allclose(numbers, number, rtol=1e-12, atol=1e-12)
        assert math.isfinite(number)
