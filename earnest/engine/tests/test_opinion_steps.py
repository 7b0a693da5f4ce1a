"""Block after block: the same map as in one go; and a map that follows an older one."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np
import pytest

from earnest.engine.opinion import maps, steps
from earnest.engine.opinion.axes import axes_from
from earnest.engine.opinion.maps import Progress, opinion_map
from earnest.engine.opinion.plan import plan_from, seats_of
from earnest.engine.opinion.votes import Votes
from earnest.engine.tests.conversations import conversation


def in_blocks(votes: Votes, size: int) -> list[Votes]:
    return [
        votes.block(first, min(first + size, votes.people))
        for first in range(0, votes.people, size)
    ]


@pytest.mark.parametrize("size", [7, 64, 1000])
def test_steps_over_blocks_give_the_same_map(size: int) -> None:
    votes, _ = conversation(500, 30, camps=3, seen=0.5, seed=2)
    rule = steps.rule_for(votes.width, [4])
    blocks = in_blocks(votes, size)
    sums = reduce(add, [steps.sums_of(block, rule) for block in blocks])
    spread = reduce(add, [steps.spread_of(block, sums.centre, rule) for block in blocks])
    axes = axes_from(spread, sums.centre)
    places = [steps.places_of(block, axes, rule) for block in blocks]
    frame = reduce(steps.Frame.widened, [steps.frame_of(one) for one in places])
    plan = plan_from(reduce(add, [steps.cells_of(one, frame) for one in places]))
    seats = [seats_of(one, plan) for one in places]
    counts = reduce(
        add,
        [
            steps.tally_of(block, one.group, plan.k)
            for block, one in zip(blocks, seats, strict=True)
        ],
    )
    whole = opinion_map(votes, seed=1, moderated=[4], bootstrap=0)
    assert np.allclose(np.concatenate([one.x for one in places]), whole.x, atol=1e-9)
    assert np.array_equal(np.concatenate([one.group for one in seats]), whole.group)
    assert np.array_equal(counts.agree, whole.tally.agree)
    assert counts.size.tolist() == whole.tally.size.tolist()


def test_products_of_blocks_add_up_to_the_scatter() -> None:
    votes, _ = conversation(80, 12, seen=0.6, seed=3)
    rule = steps.rule_for(12)
    centre = steps.sums_of(votes, rule).centre
    vectors = np.random.default_rng(0).normal(size=(12, 3))
    products = [steps.product_of(block, centre, rule, vectors) for block in in_blocks(votes, 9)]
    assert np.allclose(reduce(add, products), steps.spread_of(votes, centre, rule) @ vectors)


def test_single_precision_for_the_many_changes_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    votes, _ = conversation(400, 30, camps=3, seed=5)
    fine = opinion_map(votes, seed=1, bootstrap=0)
    monkeypatch.setattr(steps, "_FINE", 0)
    coarse = opinion_map(votes, seed=1, bootstrap=0)
    assert np.allclose(fine.x, coarse.x, atol=1e-4)
    assert np.array_equal(fine.group, coarse.group)


def test_blocks_in_memory_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    votes, _ = conversation(300, 20, camps=2, seed=6)
    whole = opinion_map(votes, seed=1, bootstrap=5)
    monkeypatch.setattr(maps, "BLOCK", 500)
    parts = opinion_map(votes, seed=1, bootstrap=5)
    assert np.allclose(whole.x, parts.x, atol=1e-9)
    assert np.array_equal(whole.group, parts.group)
    assert np.array_equal(whole.tally.agree, parts.tally.agree)


def test_groups_keep_their_numbers_from_one_map_to_the_next() -> None:
    votes, _ = conversation(200, 20, camps=3, seed=7)
    first = opinion_map(votes, seed=1, bootstrap=0)
    turned = {
        voter: (group + 1) % first.k
        for voter, group in zip(votes.voters.tolist(), first.group.tolist(), strict=True)
    }
    again = opinion_map(votes, seed=1, bootstrap=0, groups_before=turned)
    assert again.k == first.k
    assert again.group.tolist() == [turned[voter] for voter in votes.voters.tolist()]
    assert again.bases.group.tolist() == [(one + 1) % first.k for one in first.bases.group.tolist()]


def test_as_many_groups_as_before_unless_another_number_is_clearly_better() -> None:
    votes, _ = conversation(200, 20, camps=3, seed=9)
    found = opinion_map(votes, seed=1, bootstrap=0)
    by_k = {one.k: one.value for one in found.silhouettes}
    before = {voter: voter % 5 for voter in range(200)}
    kept = opinion_map(votes, seed=1, bootstrap=0, groups_before=before)
    best = max(by_k.values())
    assert kept.k == (5 if by_k[5] >= best - 0.02 else found.k)
    assert found.k == min(k for k, value in by_k.items() if value >= best - 0.02)


def test_an_older_map_of_other_people_is_no_older_map() -> None:
    votes, _ = conversation(100, 20, seed=9)
    strangers = {"nobody": 1, -5: 0}
    one, two = (
        opinion_map(votes, seed=1, bootstrap=0, groups_before=each) for each in (None, strangers)
    )
    assert np.array_equal(one.group, two.group)


def test_progress_goes_from_step_to_step_and_ends() -> None:
    votes, _ = conversation(100, 20, seed=9)
    told: list[Progress] = []
    opinion_map(votes, seed=1, bootstrap=3, on_progress=told.append)
    order = list(dict.fromkeys(one.step for one in told))
    assert order == ["centre", "axes", "places", "groups", "counts", "sure"]
    assert all(0 <= one.share <= 1 for one in told)
