"""Slow proofs of the belief engine: by people drawn from the model, and by a loop without its tricks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.belief.speed import loop, population
from earnest.engine.belief import (
    DEFAULTS,
    Columns,
    Params,
    arrange,
    filter_many,
    fit,
)
from earnest.engine.belief.observe import COLUMNS
from earnest.engine.belief.params import LASTING, PASSING, POLITENESS
from earnest.engine.tests.histories import drawn, drawn_truly

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def test_many_at_once_are_as_a_loop_with_matrices() -> None:
    record = population(60, 40)
    assert filter_many(record).log_likelihood == pytest.approx(loop(record), abs=1e-8)


@pytest.mark.parametrize("part", [PASSING, LASTING, POLITENESS, 2])
def test_people_drawn_from_the_model_lie_where_it_believes_them(part: int) -> None:
    """Simulation-based calibration (Talts and others 2018): ranks of the truth are even."""
    people = 3000
    record, truth = drawn_truly(people, 15, seed=part)
    believed = filter_many(record)
    sd = np.sqrt(believed.cov[:, COLUMNS[part][part]])
    z = (truth[:, part] - believed.mean[:, part]) / sd
    ranks = np.sort([0.5 * math.erfc(-value / math.sqrt(2)) for value in z])
    even = (np.arange(people) + 0.5) / people
    assert np.abs(ranks - even).max() < 1.63 / math.sqrt(people) + 0.01  # Kolmogorov at 1 %


def test_chances_of_people_drawn_from_the_model_come_true_as_often_as_told() -> None:
    record = drawn(3000, 20, seed=8)
    believed = filter_many(record)
    done = record.value[believed.deeds]
    place = np.minimum((believed.chances * 10).astype(int), 9)
    off = sum(abs((believed.chances - done)[place == number].sum()) for number in range(10))
    assert off / len(done) < 0.02


def test_parameters_of_people_drawn_from_the_model_are_found_again() -> None:
    truth = Params.from_dict(
        DEFAULTS.as_dict()
        | {"tau": 40.0, "trend": 0.8, "slip": 0.1}
        | {"did": DEFAULTS.did._replace(offset=-0.8, passing=1.2, lasting=1.3)._asdict()}
        | {"said": DEFAULTS.said._replace(condition=1.5, politeness=1.2)._asdict()}
    )
    found = fit(drawn(1500, 25, truth, seed=4))
    assert not found.kept
    assert math.log(found.params.tau / truth.tau) == pytest.approx(0.0, abs=0.5)
    ease = [deed.ease for _, deed in found.params.sorts]  # beside an offset only their sum counts
    assert found.params.did.offset + np.mean(ease) == pytest.approx(truth.did.offset, abs=0.3)
    assert found.params.did.passing == pytest.approx(truth.did.passing, abs=0.35)
    assert found.params.did.lasting == pytest.approx(truth.did.lasting, abs=0.35)
    assert found.params.said.condition == pytest.approx(truth.said.condition, abs=0.3)
    assert found.params.cutpoints == pytest.approx(truth.cutpoints, abs=0.3)
    unseen = drawn(800, 25, truth, seed=5)
    best = filter_many(unseen, truth).log_likelihood
    assert filter_many(unseen, found.params).log_likelihood > best - 0.003 * unseen.rows


def test_a_million_rows_of_one_person_end_and_stay_sane() -> None:
    rows = 1_000_000
    chance = np.random.default_rng(1)
    at, value = chance.uniform(0, 1e5, rows), (chance.random(rows) < 0.3).astype(int)
    record = arrange(Columns(np.zeros(rows), at, np.zeros(rows), value), [("did", "kept")]).record
    believed = filter_many(record)
    assert np.isfinite(believed.log_likelihoods).all()
    assert believed.chances[-1000:].mean() == pytest.approx(0.3, abs=0.05)
