"""Learning from a population: towards the truth, never worse on people unseen, stopped at any moment."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from earnest.engine.belief import (
    DEFAULTS,
    BadParams,
    Event,
    Params,
    Progress,
    Record,
    filter_many,
    fit,
)
from earnest.engine.belief.free import free_numbers, from_vector, to_vector
from earnest.engine.tests.histories import drawn

OTHERS = Params.from_dict(
    DEFAULTS.as_dict() | {"did": DEFAULTS.did._replace(offset=-1.5, lasting=1.8)._asdict()}
)


def test_a_few_people_move_the_parameters_towards_the_truth() -> None:
    found = fit(drawn(40, 12, OTHERS))
    assert not found.kept
    assert found.held_out_after > found.held_out_before
    assert found.params.did.offset < DEFAULTS.did.offset - 0.5
    unseen = drawn(300, 12, OTHERS, seed=9)
    better = filter_many(unseen, found.params).log_likelihood
    assert better > filter_many(unseen).log_likelihood


def test_the_same_people_give_the_same_parameters() -> None:
    people = drawn(5, 4, OTHERS)
    assert fit(people) == fit(people)


def test_who_is_interrupted_keeps_the_best_until_then() -> None:
    seen: list[float] = []

    def stop(progress: Progress) -> None:
        seen.append(progress.loss)
        if len(seen) == 2:
            raise KeyboardInterrupt

    found = fit(drawn(40, 12, OTHERS), on_progress=stop)
    assert found.interrupted
    assert found.held_out_after > found.held_out_before
    assert found.params != DEFAULTS


def test_between_two_climbs_nothing_is_judged_by_people_it_has_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = 0
    of_people = Record.of_people

    def interrupted(record: Record, people: ArrayLike) -> Record:
        nonlocal taken
        taken += 1
        if taken == 3:  # some were climbed on and others foretold; now the next are chosen
            raise KeyboardInterrupt
        return of_people(record, people)

    monkeypatch.setattr(Record, "of_people", interrupted)
    found = fit(drawn(40, 12, OTHERS))
    assert found.interrupted
    assert found.kept
    assert found.params == DEFAULTS


def test_progress_only_grows_and_ends_within_what_was_said() -> None:
    rounds: list[tuple[int, int]] = []
    fit(drawn(5, 4), on_progress=lambda one: rounds.append((one.round, one.rounds)))
    numbers = [number for number, _ in rounds]
    assert numbers == sorted(numbers)
    assert all(1 <= number <= of for number, of in rounds)


@pytest.mark.parametrize(
    "histories",
    [
        [],
        [[]],
        [[Event(0.0, "did", "kept", 1)]],
        [[Event(0.0, "did", "kept", 1)], [Event(9.0, "did", "kept", 1)]],
        [[Event(float(day), "silent", "", 0)] for day in range(5)],
        [[Event(1e5 * day, "said", "owns", 1) for day in range(9)]] * 3,
    ],
)
def test_strange_populations_leave_sane_parameters(histories: list[list[Event]]) -> None:
    found = fit(Record.of(histories))
    assert found.held_out_after >= found.held_out_before or found.kept
    assert np.isfinite(to_vector(found.params, free_numbers([]))).all()


def test_of_one_very_long_history_the_first_rows_are_learned_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("earnest.engine.belief.fit"), "LONGEST", 10)
    long = [Event(float(day), "did", "kept", 1) for day in range(10)]
    more = [Event(float(day), "did", "kept", 0) for day in range(10, 90)]
    others = [[Event(0.0, "did", "kept", 0)], [Event(0.0, "did", "kept", 1)]]
    assert fit(Record.of([[*long, *more], *others])) == fit(Record.of([long, *others]))


def test_where_nobody_ever_answered_silence_keeps_its_weights() -> None:
    histories = [
        [Event(float(day), "silent", "", 0) for day in range(4)]
        + [Event(5.0, "did", "kept", person % 2)]
        for person in range(20)
    ]
    assert fit(Record.of(histories)).params.silent == DEFAULTS.silent


def test_parameters_survive_the_vector_and_the_file() -> None:
    free = free_numbers(["kept", "helped"])
    vector = to_vector(OTHERS, free)
    there = from_vector(vector, free, OTHERS)
    np.testing.assert_allclose(to_vector(there, free), vector, atol=1e-12)
    assert Params.from_dict(there.as_dict()) == there


@pytest.mark.parametrize(
    "change",
    [
        {"tau": float("nan")},
        {"tau": 0.0},
        {"done": -0.1},
        {"cutpoints": [0.0, -1.0, 2.0, 3.0]},
        {"cutpoints": [0.0]},
        {"ties": [1.0] * 5},
        {"wishes": 1.0},
        {"did": {"politeness": 0.1}},
        {"nodded": {"lasting": -0.1}},
        {"nodded": {"charm": 0.1}},
        {"trend": "much"},
    ],
)
def test_what_cannot_be_parameters_is_refused_with_a_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(BadParams) as refused:
        Params.from_dict(DEFAULTS.as_dict() | change)
    assert refused.value.sentence.endswith(".")
    assert ".." not in refused.value.sentence
