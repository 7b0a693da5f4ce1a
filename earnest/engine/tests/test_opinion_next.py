"""Which statement comes next: in proportion to its weight, and nothing is shut out."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.opinion.next import Shown, next_statement, weight

ODD = st.one_of(st.floats(), st.floats(0, 1e6), st.just(0.0), st.just(-1.0))


def test_seen_little_separating_and_fresh_ask_more() -> None:
    usual = Shown(20, 20, 5, separates=1.0, days=30.0)
    assert weight(usual._replace(agree=2, disagree=2, passed=0)) > weight(usual)
    assert weight(usual._replace(separates=2.0)) > weight(usual)
    assert weight(usual._replace(days=0.0)) > weight(usual)
    assert weight(usual._replace(passed=40)) < weight(usual)


def test_statements_come_in_proportion_to_their_weight() -> None:
    dice, times = random.Random(5), [0, 0, 0]
    for _ in range(6000):
        place = next_statement([1.0, 2.0, 3.0], dice.random())
        assert place is not None
        times[place] += 1
    assert times == [pytest.approx(expected, abs=150) for expected in (1000, 2000, 3000)]


def test_with_nothing_left_nothing_comes() -> None:
    assert next_statement([], 0.5) is None


@given(st.lists(ODD, min_size=1, max_size=30), st.floats(0, 1, exclude_max=True))
def test_any_weights_and_any_draw_give_a_statement(weights: list[float], draw: float) -> None:
    place = next_statement(weights, draw)
    assert place in range(len(weights))


def test_a_weight_that_is_none_still_has_a_chance() -> None:
    places = {next_statement([math.nan, 1.0, 0.0, math.inf], number / 40) for number in range(40)}
    assert places == {0, 1, 2, 3}


COUNTS = st.integers(0, 10**6)


@given(st.tuples(COUNTS, COUNTS, COUNTS, st.floats(0, 100), st.floats(allow_nan=False)))
def test_every_weight_is_a_number_above_nothing(
    numbers: tuple[int, int, int, float, float],
) -> None:
    assert 0 < weight(Shown(*numbers)) < math.inf
