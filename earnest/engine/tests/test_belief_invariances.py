"""What must hold of the belief whatever happened (design: standing.md, promises)."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.engine.belief import (
    DEFAULTS,
    Event,
    Params,
    Record,
    State,
    at_moment,
    because,
    chance,
    conditions,
    filter_many,
    in_order,
    prior,
    take_in,
    weakest,
)
from earnest.engine.belief.params import POLITENESS, SIZE
from earnest.engine.tests.histories import DEEDS, events, histories, moments, parameters

PLAIN = settings(max_examples=60, deadline=None, derandomize=True)
LATER = 2e5
VARIANCES = tuple(i * (i + 1) // 2 + i for i in range(SIZE))


def state_after(history: list[Event], params: Params = DEFAULTS) -> State:
    state = prior(params)
    for event in in_order(history):
        state = take_in(state, event, params).state
    return state


@PLAIN
@given(histories(), st.randoms(use_true_random=False), parameters())
def test_the_order_in_a_file_does_not_matter(
    history: list[Event], shuffler: random.Random, params: Params
) -> None:
    shuffled = list(history)
    shuffler.shuffle(shuffled)
    assert state_after(history, params) == state_after(shuffled, params)
    assert Record.of([history]).events_of(0) == Record.of([shuffled]).events_of(0)


@PLAIN
@given(histories(), parameters(), moments, st.sampled_from(DEEDS))
def test_a_deed_done_never_lowers_and_a_missed_one_never_raises_the_next_chance(
    history: list[Event], params: Params, gap: float, item: str
) -> None:
    state = state_after(history, params)
    moves(at_moment(state, (state.at or 0.0) + gap, params), item, 0.0, params)


@PLAIN
@given(histories(30), moments, st.floats(0, 4000), st.sampled_from(DEEDS))
def test_nor_at_any_later_moment_with_the_shipped_numbers(
    history: list[Event], gap: float, later: float, item: str
) -> None:
    """With others it may, by a hair: a deed that speaks for passing commitment explains what the
    lasting one was thought to have done.
    """
    state = state_after(history)
    moves(at_moment(state, (state.at or 0.0) + gap), item, later, DEFAULTS)


def moves(now: State, item: str, later: float, params: Params) -> None:
    at = now.at or 0.0
    before = chance(now, item, at + later, params).value
    done = take_in(now, Event(at, "did", item, 1), params).state
    missed = take_in(now, Event(at, "did", item, 0), params).state
    assert chance(done, item, at + later, params).value >= before - 1e-12
    assert chance(missed, item, at + later, params).value <= before + 1e-12


@PLAIN
@given(histories(), st.floats(0, 5), st.floats(0, 400))
def test_more_politeness_never_raises_the_chance(
    history: list[Event], more: float, gap: float
) -> None:
    state = state_after(history)
    mean = list(state.mean)
    mean[POLITENESS] += more
    at = (state.at or 0.0) + gap
    politer = State(state.at, tuple(mean), state.cov)
    assert chance(politer, "kept", at).value <= chance(state, "kept", at).value


def test_an_empty_record_is_the_prior() -> None:
    filtered = filter_many(Record.of([[], [Event(1.0, "did", "kept", 1)], []]))
    assert filtered.state(0) == filtered.state(2) == prior()
    assert filter_many(Record.of([])).log_likelihood == 0.0


@PLAIN
@given(histories(), events(), parameters())
def test_variance_shrinks_with_evidence_and_grows_with_time(
    history: list[Event], event: Event, params: Params
) -> None:
    state = state_after(history, params)
    at = max(event.at, state.at or 0.0)
    before = at_moment(state, at, params)
    after = take_in(state, event._replace(at=at), params).state
    later = at_moment(after, at + 50.0, params)
    for place in VARIANCES:
        assert after.cov[place] <= before.cov[place] + 1e-12
        assert later.cov[place] >= after.cov[place] - 1e-12


@PLAIN
@given(st.lists(histories(), max_size=14), parameters())
def test_many_at_once_are_as_one_after_another(
    everybody: list[list[Event]], params: Params
) -> None:
    record = Record.of(everybody)
    filtered = filter_many(record, params)
    for person, history in enumerate(everybody):
        one, many = state_after(history, params), filtered.state(person)
        assert one.at == many.at
        np.testing.assert_allclose(many.mean, one.mean, atol=1e-9, rtol=1e-9)
        np.testing.assert_allclose(many.cov, one.cov, atol=1e-9, rtol=1e-9)


@PLAIN
@given(histories(), parameters(), st.sampled_from(["kept", "never seen"]))
def test_every_reading_is_a_number_in_its_range(
    history: list[Event], params: Params, item: str
) -> None:
    state = state_after(history, params)
    found = chance(state, item, LATER, params)
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert np.isfinite([*state.mean, *state.cov]).all()
    for one in conditions(state, LATER, params):
        assert 0.0 <= one.supported <= 1.0
        assert math.isfinite(one.mean)
    assert weakest(state, LATER, params) in conditions(state, LATER, params)


@PLAIN
@given(histories(), st.sampled_from(["kept", "never seen"]), parameters())
def test_the_reasons_add_up_to_the_log_odds(
    history: list[Event], item: str, params: Params
) -> None:
    told = because(history, params, item=item, at=LATER)
    assert [part.event for part in told.parts] == list(in_order(history))
    assert told.prior + sum(told.by_kind.values()) + told.drift == pytest.approx(told.total)
    value = chance(state_after(history, params), item, LATER, params).value
    assert 1.0 / (1.0 + math.exp(-told.total)) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("gap", [0.0, 1e-6, 1.0, 1e5])
@pytest.mark.parametrize("value", [0, 1])
def test_a_thousand_alike_make_it_ever_surer_and_never_break_it(gap: float, value: int) -> None:
    history = [Event(gap * number, "did", "kept", value) for number in range(1000)]
    chances = filter_many(Record.of([history])).chances
    assert ((chances > 0.0) & (chances < 1.0)).all()
    rising = chances if value else 1.0 - chances
    assert rising[-1] > rising[0]
    if gap <= 1.0:
        assert all(b >= a - 1e-3 for a, b in pairwise(rising))


def test_what_is_foretold_is_the_same_whatever_then_happens() -> None:
    told = [
        filter_many(Record.of([[Event(0.0, "did", "kept", value)]])).chances for value in (0, 1)
    ]
    assert told[0] == told[1] == pytest.approx(chance(prior(), "kept", 0.0).value, abs=1e-12)


@pytest.mark.parametrize("value", [0, 1])
def test_only_silence_is_a_sane_answer(value: int) -> None:
    state = state_after([Event(float(day), "silent", "", value) for day in range(200)])
    assert 0.02 < chance(state, "kept", 200.0).value < 0.98
