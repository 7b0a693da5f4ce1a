"""What must not change the map, and what must change it in one way only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.engine.opinion.found import OpinionMap
from earnest.engine.opinion.maps import opinion_map
from earnest.engine.opinion.votes import Groups, Votes, Whole, votes_from_rows
from earnest.engine.tests.conversations import conversation

SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=12, deadline=None)


def rows(votes: Votes) -> tuple[list[int], list[int], list[int]]:
    voter = np.repeat(votes.voters, votes.cast)
    return voter.tolist(), votes.statements[votes.statement].tolist(), votes.value.tolist()


def of(votes: Votes) -> OpinionMap:
    return opinion_map(votes, seed=1, bootstrap=0)


def some(seed: int) -> Votes:
    votes, _ = conversation(90, 14, camps=3, seed=seed)
    return votes


def same_groups(one: Groups, other: Groups) -> bool:
    """Whatever their numbers."""
    pairs = {(int(a), int(b)) for a, b in zip(one, other, strict=True)}
    return len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def assert_same(one: OpinionMap, other: OpinionMap, order: Whole | None = None) -> None:
    """The same places but for the sign of an axis, and the same groups."""
    order = np.arange(len(one.voters)) if order is None else order
    for mine, theirs in ((one.x, other.x[order]), (one.y, other.y[order])):
        assert np.allclose(mine, theirs, atol=1e-7) or np.allclose(mine, -theirs, atol=1e-7)
    assert same_groups(one.group, other.group[order])
    assert [each.k for each in one.silhouettes] == [each.k for each in other.silhouettes]


@FEW
@given(SEEDS)
def test_the_order_of_voters_and_statements_does_not_matter(seed: int) -> None:
    votes, dice = some(seed), np.random.default_rng(seed)
    new_voter, new_statement = dice.permutation(90), dice.permutation(14)
    voter, statement, value = rows(votes)
    turned = votes_from_rows(new_voter[voter], new_statement[statement], value)
    assert_same(of(votes), of(turned), new_voter)


@FEW
@given(SEEDS)
def test_the_order_and_the_doubling_of_rows_do_not_matter(seed: int) -> None:
    votes, dice = some(seed), np.random.default_rng(seed)
    columns = np.array(rows(votes))
    doubled = np.concatenate([columns, columns[:, :200]], axis=1)
    mixed = doubled[:, dice.permutation(doubled.shape[1])]
    assert_same(of(votes), of(votes_from_rows(*mixed)))


@FEW
@given(SEEDS, st.integers(0, 13))
def test_asking_the_opposite_turns_the_statement_and_nothing_else(seed: int, turned: int) -> None:
    votes = some(seed)
    sign = np.where(votes.statement == turned, -1, 1)
    other = replace(votes, value=(votes.value * sign).astype(np.int8))
    one, two = of(votes), of(other)
    assert_same(one, two)
    group_of = {int(a): int(b) for a, b in zip(one.group, two.group, strict=True)}
    for group in range(one.k):
        agree, disagree = (
            one.tally.agree[group, turned],
            two.tally.disagree[group_of[group], turned],
        )
        assert agree == disagree


@FEW
@given(SEEDS)
def test_a_statement_nobody_voted_on_moves_nobody_but_by_one_factor(seed: int) -> None:
    votes = some(seed)
    wider = replace(votes, statements=np.arange(15))
    one, two = of(votes), of(wider)
    assert same_groups(one.group, two.group)
    assert np.allclose(one.x * np.sqrt(15 / 14), two.x, atol=1e-9)


@FEW
@given(SEEDS)
def test_everybody_twice_is_the_same_map(seed: int) -> None:
    votes = some(seed)
    voter, statement, value = rows(votes)
    twice = votes_from_rows(
        [*voter, *(one + 1000 for one in voter)], [*statement] * 2, [*value] * 2
    )
    one, two = of(votes), of(twice)
    assert np.allclose(np.abs(one.x), np.abs(two.x[:90]), atol=1e-7)
    assert np.array_equal(two.group[:90], two.group[90:])
    assert same_groups(one.group, two.group[:90])


@pytest.mark.parametrize("seed", range(4))
def test_who_passes_on_everything_is_in_the_map_and_moves_the_others_little(seed: int) -> None:
    votes, _ = conversation(200, 14, camps=2, seed=seed)
    voter, statement, value = rows(votes)
    joined = votes_from_rows(
        [*voter, *([200] * 14)], [*statement, *range(14)], [*value, *([0] * 14)]
    )
    one, two = of(votes), of(joined)
    assert two.group[200] >= 0
    assert abs(np.corrcoef(one.x, two.x[:200])[0, 1]) > 0.999
    assert (one.group == two.group[:200]).mean() > 0.97


def test_the_same_votes_and_seed_give_the_same_map_to_the_last_bit() -> None:
    votes, _ = conversation(150, 20, camps=3, seed=8)
    one, two = (opinion_map(votes, seed=5, bootstrap=10) for _ in range(2))
    assert np.array_equal(one.x, two.x)
    assert one.sure is not None
    assert two.sure is not None
    assert np.array_equal(one.sure.people, two.sure.people)
    assert one.sure.ks == two.sure.ks


def test_the_seed_changes_no_place_and_no_group() -> None:
    votes, _ = conversation(150, 20, camps=3, seed=8)
    one, two = (opinion_map(votes, seed=seed, bootstrap=5) for seed in (1, 2))
    assert np.array_equal(one.x, two.x)
    assert np.array_equal(one.group, two.group)
