"""Rows become histories: in a fixed order, or as given, and what cannot be evidence is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from earnest.engine.belief import (
    DEFAULTS,
    BadEvent,
    Columns,
    Event,
    Params,
    Record,
    arrange,
    chance,
    check,
    conditions,
    filter_many,
    prior,
    take_in,
    weakest,
)

SORTS = [("did", "kept"), ("said", "owns"), ("nodded", "")]


def test_words_come_before_deeds_and_no_before_yes_at_the_same_moment() -> None:
    columns = Columns([0, 0, 0, 0], [5.0, 5.0, 5.0, 5.0], [0, 0, 2, 1], [1, 0, 1, 4])
    kinds = [(one.kind, one.value) for one in arrange(columns, SORTS).record.events_of(0)]
    assert kinds == [("said", 4), ("nodded", 1), ("did", 0), ("did", 1)]


def test_as_given_keeps_the_rows_of_a_moment_as_they_stand() -> None:
    columns = Columns([1, 0, 1, 0], [5.0, 9.0, 5.0, 2.0], [0, 0, 2, 1], [1, 0, 1, 4])
    record, order = arrange(columns, SORTS, as_given=True)
    assert order.tolist() == [3, 1, 0, 2]
    assert [one.kind for one in record.events_of(1)] == ["did", "nodded"]
    assert record.deeds.tolist() == [1, 2]


def test_people_can_be_taken_out_of_a_record_in_any_order() -> None:
    histories = [[Event(float(day), "did", "kept", day % 2) for day in range(n)] for n in (3, 0, 5)]
    record = Record.of(histories).of_people([2, 0])
    assert record.lengths.tolist() == [5, 3]
    assert record.events_of(1) == tuple(histories[0])


def test_long_histories_can_be_cut_to_their_first_rows() -> None:
    histories = [[Event(float(day), "did", "kept", day % 2) for day in range(n)] for n in (3, 0, 5)]
    record = Record.of(histories).first_rows(4)
    assert record.lengths.tolist() == [3, 0, 4]
    assert record.events_of(2) == tuple(histories[2][:4])


@pytest.mark.parametrize(
    "event",
    [
        Event(math.nan, "did", "kept", 1),
        Event(math.inf, "did", "kept", 1),
        Event(0.0, "felt", "", 1),
        Event(0.0, "saw", "", 1),
        Event(0.0, "did", "kept", 2),
        Event(0.0, "nodded", "", -1),
        Event(0.0, "said", "owns", 0),
        Event(0.0, "said", "owns", 6),
        Event(0.0, "said", "happy", 3),
    ],
)
def test_what_cannot_be_evidence_is_refused_with_a_sentence(event: Event) -> None:
    with pytest.raises(BadEvent) as alone:
        check(event)
    with pytest.raises(BadEvent) as among:
        Record.of([[Event(0.0, "did", "kept", 1), event]])
    assert alone.value.sentence == among.value.sentence
    assert alone.value.sentence.endswith(".")


@pytest.mark.parametrize("value", [257, -255, 0.5, math.nan, 2**40])
def test_values_are_looked_at_before_they_are_made_small(value: float) -> None:
    with pytest.raises(BadEvent):
        arrange(Columns([0], [5.0], [0], np.array([value])), SORTS)


def test_time_does_not_go_backwards() -> None:
    state = take_in(prior(), Event(10.0, "did", "kept", 1)).state
    with pytest.raises(BadEvent):
        take_in(state, Event(9.0, "did", "kept", 1))
    with pytest.raises(BadEvent):
        chance(state, "kept", 9.0)


def test_a_sort_never_seen_is_foretold_as_deeds_are() -> None:
    plain = DEFAULTS.as_dict() | {"sorts": {"kept": {"ease": 1.0, "weight": 1.0}}}
    params = Params.from_dict(plain)
    fresh = prior(params)
    assert chance(fresh, "never seen", 0.0, params) == chance(prior(), "any", 0.0)
    assert chance(fresh, "kept", 0.0, params).value > chance(fresh, "never seen", 0.0, params).value


def test_doubts_about_one_condition_make_it_the_weakest() -> None:
    state = prior()
    for name, value in (("understands", 5), ("matters", 4), ("doable", 1), ("owns", 4)):
        state = take_in(state, Event(1.0, "said", name, value)).state
    assert weakest(state, 2.0).name == "doable"
    words = {one.name: one.word for one in conditions(state, 2.0)}
    assert words["doable"] == "ask"
    assert words["understands"] in {"likely", "clear"}
    assert {one.word for one in conditions(prior(), 0.0)} == {"unknown"}


def test_a_deed_says_more_than_a_yes() -> None:
    after = {
        kind: chance(take_in(prior(), Event(0.0, kind, "", 1)).state, "kept", 1.0).value
        for kind in ("did", "agreed", "nodded", "silent")
    }
    assert after["did"] > after["agreed"] > after["silent"]
    assert after["did"] > after["nodded"]


def test_a_record_without_rows_is_filtered_to_nothing() -> None:
    filtered = filter_many(Record.of([[], []]))
    assert filtered.chances.size == filtered.log_likelihoods.size == 0
    assert np.isfinite(filtered.mean).all()
