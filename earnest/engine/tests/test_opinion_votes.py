"""Votes from rows: the last one counts, unknown ids and impossible votes are named."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.opinion.votes import BadVotes, _last_of_each, votes_from_codes, votes_from_rows
from earnest.engine.tests.conversations import conversation, written_out

ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 4), st.sampled_from((-1, 0, 1))), max_size=60
)


@given(ROWS)
def test_the_last_vote_of_a_voter_on_a_statement_counts(rows: list[tuple[int, int, int]]) -> None:
    last = {(voter, statement): value for voter, statement, value in rows}
    voter, statement, value = zip(*rows, strict=True) if rows else ((), (), ())
    votes = votes_from_rows(voter, statement, value, voters=range(6), statements=range(5))
    matrix = written_out(votes)
    for cell, vote in np.ndenumerate(matrix):
        assert last.get(cell) == (None if np.isnan(vote) else vote)


def test_ids_of_any_script_come_back_as_they_were() -> None:
    votes = votes_from_rows(["Ζωή", "美", "Ζωή"], ["α", "α", "ß"], [1, -1, 0])
    assert set(votes.voters.tolist()) == {"Ζωή", "美"}
    assert set(votes.statements.tolist()) == {"α", "ß"}
    row = votes.voters.tolist().index("Ζωή")
    assert votes.cast[row] == 2


def test_who_did_not_vote_and_what_nobody_voted_on_are_there() -> None:
    votes = votes_from_rows([7], ["b"], [1], voters=[5, 7, 9], statements=["a", "b", "c"])
    assert votes.cast.tolist() == [0, 1, 0]
    assert votes.width == 3


def test_an_unknown_id_is_named() -> None:
    with pytest.raises(BadVotes, match="There is no statement “z”"):
        votes_from_rows([1], ["z"], [1], statements=["a"])
    with pytest.raises(BadVotes, match="There is no voter “3”"):
        votes_from_rows([3], ["a"], [1], voters=[1, 2])


@pytest.mark.parametrize("value", [2, -2, 0.5, float("nan"), "yes", None])
def test_what_is_no_vote_is_refused(value: Any) -> None:
    with pytest.raises(BadVotes, match="A vote is 1"):
        votes_from_rows([1, 1], ["a", "b"], [1, value])


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(BadVotes, match="differ in length"):
        votes_from_rows([1, 2], ["a"], [1])


def test_numbers_that_point_nowhere_are_refused() -> None:
    ids = np.arange(3)
    for voter, statement in (([3], [0]), ([0], [3]), ([-1], [0])):
        with pytest.raises(BadVotes):
            votes_from_codes(
                np.array(voter), np.array(statement), np.array([1]), voters=ids, statements=ids
            )


def test_keys_too_long_for_one_word_are_sorted_all_the_same() -> None:
    voter = np.array([5, (1 << 40) - 1, 5, 5], np.int64)
    statement = np.array([2, 1, 1, 2], np.int64)
    rows = _last_of_each(voter, statement, 1 << 21)
    assert np.arange(4)[rows].tolist() == [2, 3, 1]


def test_blocks_hold_everybody_once_in_their_order() -> None:
    votes, _ = conversation(50, 9, seed=2)
    blocks = list(votes.blocks(40))
    assert len(blocks) > 3
    assert np.array_equal(np.concatenate([one.voters for one in blocks]), votes.voters)
    assert np.array_equal(np.concatenate([one.value for one in blocks]), votes.value)
    joined = np.vstack([written_out(one) for one in blocks])
    assert np.array_equal(joined, written_out(votes), equal_nan=True)
