"""Whatever was voted: a sane map, never a NaN, never a warning."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.engine.opinion.found import ALIKE, PEOPLE, STATEMENTS, OpinionMap
from earnest.engine.opinion.maps import opinion_map, separates_on
from earnest.engine.opinion.votes import votes_from_rows
from earnest.engine.tests.conversations import conversation, from_matrix


@pytest.fixture(autouse=True)
def strict() -> Iterator[None]:
    with warnings.catch_warnings(), np.errstate(divide="raise", invalid="raise", over="raise"):
        warnings.simplefilter("error")
        yield


def numbers_in(part: Any) -> Iterator[float]:
    if isinstance(part, dict):
        for one in part.values():
            yield from numbers_in(one)
    elif isinstance(part, np.ndarray):
        if part.dtype.kind == "f":
            yield from part.ravel().tolist()
    elif isinstance(part, list | tuple):
        for one in part:
            yield from numbers_in(one)
    elif isinstance(part, float):
        yield part


def assert_sane(found: OpinionMap) -> None:
    parts = {
        name: part for name, part in asdict(found).items() if name not in {"voters", "statements"}
    }
    assert all(math.isfinite(number) for number in numbers_in(parts))
    assert np.isfinite(separates_on(found.axes)).all()
    people, width = len(found.voters), len(found.statements)
    assert found.x.shape == found.y.shape == found.group.shape == found.base.shape == (people,)
    assert found.group.min(initial=0) >= -1
    assert found.group.max(initial=-1) < found.k
    assert found.tally.agree.shape == (found.k, width)
    assert (found.k == 1) == (found.too_few is not None)
    assert len(found.bases.x) <= 100
    assert found.bases.count.sum() == found.shapes.sum()
    assert found.tally.size.sum() == (found.group >= 0).sum()
    shares = (found.told.agrees, found.told.disagrees, found.told.divides)
    assert all(((part >= 0) & (part <= 1)).all() for part in shares)


MATRICES = {
    "nobody": ([], PEOPLE),
    "nobody who votes": ([[None] * 6] * 20, PEOPLE),
    "one participant": ([[1, -1, 0, 1, 1, -1, 0, 1]], PEOPLE),
    "two participants": ([[1] * 8, [-1] * 8], PEOPLE),
    "eleven participants": ([[1, -1] * 4, [-1, 1] * 4] * 5 + [[0] * 8], PEOPLE),
    "all pass": ([[0] * 8] * 20, ALIKE),
    "all agree": ([[1] * 8] * 20, ALIKE),
    "all disagree": ([[-1] * 8] * 20, ALIKE),
    "all the same votes": ([[1, -1, 0, 1, -1, 0, 1, 1]] * 20, ALIKE),
    "one statement": ([[1], [-1]] * 10, STATEMENTS),
    "four statements": ([[1, -1, 1, 0], [-1, 1, 0, 1]] * 10, STATEMENTS),
    "five statements seen of eight": (
        [[1, -1, 1, 0, 1, None, None, None], [-1, 1, 0, 1, 1, None, None, None]] * 10,
        PEOPLE,
    ),
    "two camps of the same votes": ([[1, -1] * 4, [-1, 1] * 4] * 10, None),
    "one against all": ([[1] * 8] * 19 + [[-1] * 8], None),
    "a statement nobody voted on": ([[1, -1, None] * 3, [-1, 1, None] * 3] * 10, PEOPLE),
    "few statements, many people": ([[1, 1, 0, 1, -1], [-1, 0, 0, -1, 1]] * 400, None),
    "nobody voted on the same": (
        [[None] * (7 * i) + [1] * 7 + [None] * (7 * (13 - i)) for i in range(14)],
        ALIKE,
    ),
}


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("bootstrap", [0, 5])
def test_an_odd_conversation_gets_a_sane_map(name: str, bootstrap: int) -> None:
    matrix, why = MATRICES[name]
    found = opinion_map(from_matrix(matrix), seed=1, bootstrap=bootstrap)
    assert_sane(found)
    assert found.too_few == why


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 40).flatmap(
        lambda people: st.integers(0, 9).flatmap(
            lambda width: st.lists(
                st.lists(st.sampled_from((1, -1, 0, None)), min_size=width, max_size=width),
                min_size=people,
                max_size=people,
            )
        )
    ),
    st.sets(st.integers(0, 8), max_size=9),
)
def test_any_votes_give_a_sane_map(matrix: list[list[int | None]], moderated: set[int]) -> None:
    assert_sane(opinion_map(from_matrix(matrix), seed=3, moderated=moderated, bootstrap=3))


def test_everything_moderated_shapes_nothing() -> None:
    votes, _ = conversation(30, 8)
    found = opinion_map(votes, seed=1, moderated=range(8))
    assert_sane(found)
    assert found.too_few == PEOPLE
    assert not found.shapes.any()


def test_moderated_statements_are_counted_and_stand_in_no_list() -> None:
    votes, _ = conversation(60, 12, seed=4)
    found = opinion_map(votes, seed=1, moderated=[3, 7, "unknown"], bootstrap=0)
    assert found.moderated.nonzero()[0].tolist() == [3, 7]
    assert found.axes.loadings[:, [3, 7]].tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert found.tally.seen[:, 3].sum() > 0
    listed = {*found.told.united, *found.told.united_against, *found.told.divided}
    listed |= {one for group in found.told.holds for one in group}
    assert not listed & {3, 7}


def test_who_voted_little_is_placed_and_does_not_shape() -> None:
    votes, _ = conversation(80, 15, seed=5)
    voter = np.repeat(votes.voters, votes.cast)
    more = [(100 + number, number % 5, 1) for number in range(30)]
    joined = votes_from_rows(
        [*voter.tolist(), *(one for one, _, _ in more)],
        [*votes.statement.tolist(), *(one for _, one, _ in more)],
        [*votes.value.tolist(), *(one for _, _, one in more)],
    )
    before, after = (opinion_map(one, seed=1, bootstrap=0) for one in (votes, joined))
    assert np.array_equal(after.group[:80], before.group)
    assert np.allclose(after.x[:80], before.x, atol=1e-9)
    assert not after.shapes[80:].any()
    assert (after.group[80:] >= 0).all()


def test_wide_conversations_need_no_scatter() -> None:
    votes, camp = conversation(60, 1100, camps=2, seen=0.05, seed=6)
    found = opinion_map(votes, seed=1, bootstrap=3)
    assert_sane(found)
    assert found.k == 2
    same = (found.group == camp).mean()
    assert max(same, 1 - same) > 0.95
