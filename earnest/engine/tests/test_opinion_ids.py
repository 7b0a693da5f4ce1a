"""Ids are found alike whether they lie close together, far apart, or are words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.opinion.votes import BadVotes, votes_from_rows

ROWS = st.lists(
    st.tuples(st.integers(-60, 60), st.integers(-60, 60), st.integers(-1, 1)), min_size=1
)


def columns(rows: list[tuple[int, int, int]], kind: Any, apart: int = 1) -> list[np.ndarray]:
    return [
        np.array(one, kind) * (apart if n < 2 else 1)
        for n, one in enumerate(zip(*rows, strict=True))
    ]


@given(ROWS, st.sampled_from([np.int8, np.int32, np.int64]))
def test_near_and_far_numbers_give_the_same_votes(rows: list[Any], kind: Any) -> None:
    near = votes_from_rows(*columns(rows, kind))
    far = votes_from_rows(*columns(rows, np.int64, 10**12))
    assert near.voters.tolist() == [one // 10**12 for one in far.voters.tolist()]
    assert near.statements.tolist() == [one // 10**12 for one in far.statements.tolist()]
    for name in ("starts", "statement", "value"):
        assert getattr(near, name).tolist() == getattr(far, name).tolist()


@given(ROWS)
def test_among_given_ones_numbers_and_words_give_the_same_votes(rows: list[Any]) -> None:
    voter, statement, value = columns(rows, np.int64)
    known = np.arange(60, -61, -1)
    by_number = votes_from_rows(voter, statement, value, voters=known, statements=known)
    words = [str(one) for one in known.tolist()]
    by_word = votes_from_rows(
        [str(one) for one in voter.tolist()],
        [str(one) for one in statement.tolist()],
        value,
        voters=words,
        statements=words,
    )
    for name in ("starts", "statement", "value"):
        assert getattr(by_number, name).tolist() == getattr(by_word, name).tolist()


@pytest.mark.parametrize("missing", [-1, 2, 9, 10**9])
def test_one_that_is_not_among_them_is_named(missing: int) -> None:
    ids = np.array([0, missing])
    with pytest.raises(BadVotes, match=f"no statement “{missing}”"):
        votes_from_rows(ids, ids, [1, 1], statements=np.array([0, 1, 3]))
