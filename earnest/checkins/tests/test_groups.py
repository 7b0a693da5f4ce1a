"""No subtraction between rounds tells of fewer than five: tried out by brute force."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.checkins.groups import Before, askable_together
from earnest.engine.groups import FEWEST, may_stand_beside

PEOPLE = 40
WEIGHTS = (-2, -1, 0, 1, 2)


def about(sets: list[frozenset[int]], weights: tuple[int, ...]) -> dict[int, int]:
    """How much each person counts in a sum of results weighed so; who counts nothing is left out."""
    counted = {
        one: sum(w for w, people in zip(weights, sets, strict=True) if one in people)
        for one in range(PEOPLE)
    }
    return {one: weight for one, weight in counted.items() if weight}


def smallest_told(sets: list[frozenset[int]]) -> int:
    """The fewest people that any sum or difference of results is about."""
    sums = (about(sets, weights) for weights in product(WEIGHTS, repeat=len(sets)))
    return min((len(found) for found in sums if found), default=FEWEST)


some_people = st.frozensets(st.integers(0, PEOPLE - 1))


@settings(max_examples=150, deadline=None)
@given(st.lists(some_people, min_size=1, max_size=4), st.integers(0, 10**6))
def test_whoever_is_there_no_difference_is_about_fewer_than_five(
    there: list[frozenset[int]], seed: int
) -> None:
    """Each round other people are there: on leave, at their limit, gone, in one team alone."""
    draw, asked = random.Random(seed), list[frozenset[int]]()
    for free in there:
        chosen = askable_together([Before(one) for one in asked], free, draw=draw)
        assert chosen <= free
        if chosen:
            asked.append(chosen)
    assert smallest_told(asked) >= FEWEST
    assert may_stand_beside(asked)


@settings(max_examples=150, deadline=None)
@given(st.lists(some_people, min_size=1, max_size=4))
def test_what_may_stand_side_by_side_cannot_be_subtracted(sets: list[frozenset[int]]) -> None:
    """Groups as they happen to be: who answered by name."""
    shown: list[frozenset[int]] = []
    for one in sets:
        if may_stand_beside([*shown, one]):
            shown.append(one)
    assert smallest_told(shown) >= FEWEST


@settings(max_examples=100, deadline=None)
@given(
    st.lists(some_people, min_size=1, max_size=3),
    st.frozensets(st.integers(0, PEOPLE - 1), max_size=6),
    st.integers(0, 10**6),
)
def test_people_taken_off_since_are_not_found_either(
    there: list[frozenset[int]], gone: frozenset[int], seed: int
) -> None:
    """Of whoever was taken off nobody knows any more that they were asked, but results hold them."""
    draw, asked = random.Random(seed), list[frozenset[int]]()
    for free in there:
        chosen = askable_together([Before(one) for one in asked], free, draw=draw)
        asked.append(chosen)
    known = [Before(one - gone, lost=len(one & gone)) for one in asked if one - gone]
    last = askable_together(known, frozenset(range(PEOPLE)) - gone, draw=draw)
    assert smallest_told([*asked, last]) >= FEWEST


def test_the_rest_of_two_rounds_may_not_be_shown_beside_each_other() -> None:
    everyone = frozenset(range(20))
    assert may_stand_beside([everyone, frozenset(range(15))])
    assert not may_stand_beside([everyone, frozenset(range(16))])


def test_everyone_again_is_everyone_again() -> None:
    everyone = frozenset(range(12))
    assert askable_together([Before(everyone)], everyone) == everyone


def test_when_one_is_missing_four_more_rest_by_lot() -> None:
    everyone = frozenset(range(30))
    chosen = askable_together([Before(everyone)], everyone - {7})
    assert len(chosen) == 25
    assert 7 not in chosen


def test_a_few_newcomers_wait_until_they_are_five() -> None:
    before = frozenset(range(10))
    assert askable_together([Before(before)], range(14)) == before
    assert askable_together([Before(before)], range(15)) == frozenset(range(15))


@pytest.mark.parametrize("there", [0, 1, 4])
def test_fewer_than_five_are_not_asked_at_all(there: int) -> None:
    assert askable_together([], range(there)) == frozenset()


def test_all_but_four_of_a_small_round_cannot_be_asked_again() -> None:
    """Nine were asked; one is missing: five would have to rest, and four remain."""
    before = frozenset(range(9))
    assert askable_together([Before(before)], before - {0}) == frozenset()


def test_the_lot_is_not_always_the_same() -> None:
    everyone = frozenset(range(30))
    drawn = {askable_together([Before(everyone)], everyone - {7}) for _ in range(20)}
    assert len(drawn) > 1
