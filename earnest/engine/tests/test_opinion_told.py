"""What is said of statements: two votes never top a list, and what unites is held by all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.opinion.found import Tally, Told
from earnest.engine.opinion.told import told_of
from earnest.engine.opinion.votes import Whole


def tally(*groups: tuple[list[int], list[int], list[int]]) -> Tally:
    """Agree, disagree and pass by statement, of each group."""
    agree, disagree, passed = np.array(groups, np.int64).transpose(1, 0, 2)
    size = (agree + disagree + passed).max(axis=1)
    return Tally(agree, disagree, passed, size)


def told(counts: Tally) -> Told:
    return told_of(counts, np.ones(counts.agree.shape[1], bool))


def listed(found: Told) -> set[int]:
    lists = (*found.holds, found.united, found.united_against)
    return {number for one in lists for number in one}


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)),
        min_size=6,
        max_size=6,
    ),
    st.sampled_from([(2, 0), (0, 2), (1, 1)]),
    st.booleans(),
)
def test_two_votes_top_no_list_of_what_people_hold(
    others: list[tuple[int, int, int]], votes: tuple[int, int], for_it: bool
) -> None:
    groups = []
    for first, mine in zip((0, 3), votes, strict=True):
        agree, disagree, passed = (
            [row[kind] for row in others[first : first + 3]] for kind in range(3)
        )
        for_them, against = (mine, 0) if for_it else (0, mine)
        groups.append(([for_them, *agree], [against, *disagree], [0, *passed]))
    assert 0 not in listed(told(tally(*groups)))


def test_two_votes_have_less_consensus_than_what_a_hundred_are_split_on() -> None:
    one = ([2, 50], [0, 50], [0, 0])
    found = told(tally(one, one))
    assert found.unites_for[0] < found.unites_for[1]


def test_what_unites_is_what_most_of_every_group_holds() -> None:
    found = told(
        tally(
            ([40, 40, 1, 20], [2, 2, 40, 20], [0, 0, 0, 0]),
            ([35, 3, 1, 20], [1, 30, 40, 20], [2, 0, 0, 0]),
        )
    )
    assert found.united == (0,)
    assert found.united_against == (2,)
    assert found.divided == (1,)


def test_a_group_holds_what_it_agrees_with_and_others_do_not_and_what_only_it_rejects() -> None:
    found = told(tally(([40, 30, 0], [0, 0, 40], [0, 9, 0]), ([0, 30, 40], [40, 0, 0], [0, 9, 0])))
    assert set(found.holds[0]) == {0, 2}
    assert dict(zip(found.holds[0], found.holds_for[0], strict=True)) == {0: True, 2: False}
    assert dict(zip(found.holds[1], found.holds_for[1], strict=True)) == {0: False, 2: True}


def test_with_one_group_nothing_sets_it_apart_and_nothing_divides() -> None:
    found = told(tally(([40, 3], [1, 40], [0, 0])))
    assert found.holds == ((),)
    assert found.divided == ()
    assert found.divides.tolist() == [0.0, 0.0]
    assert found.united == (0,)


def test_opposite_groups_are_as_far_apart_as_can_be() -> None:
    found = told(tally(([5000], [0], [0]), ([0], [5000], [0])))
    assert found.divides[0] == pytest.approx(1.0, abs=0.002)


def test_a_statement_nobody_saw_says_nothing() -> None:
    nothing: Whole = np.zeros((2, 1), np.int64)
    found = told(Tally(nothing, nothing, nothing, np.array([20, 20])))
    assert found.agrees.tolist() == [[1 / 3], [1 / 3]]
    assert found.for_agree.tolist() == [[0.0], [0.0]]
    assert found.divides.tolist() == [0.0]
    assert not listed(found) | set(found.divided)


def test_lists_hold_five_at_most() -> None:
    found = told(tally(([90] * 9, [1] * 9, [0] * 9), ([90] * 9, [1] * 9, [0] * 9)))
    assert found.united == (0, 1, 2, 3, 4)
