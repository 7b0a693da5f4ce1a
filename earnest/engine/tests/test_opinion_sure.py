"""How sure: high where camps are plain, low where there are none, lowest at the border."""

from __future__ import annotations

import numpy as np
import pytest

from earnest.engine.opinion.found import OpinionMap
from earnest.engine.opinion.maps import opinion_map
from earnest.engine.opinion.votes import votes_from_codes
from earnest.engine.tests.conversations import conversation


def noise(people: int, statements: int, seed: int) -> OpinionMap:
    """Of people who vote by coin."""
    dice = np.random.default_rng(seed)
    voter, statement = np.divmod(np.arange(people * statements), statements)
    value = dice.integers(-1, 2, len(voter)).astype(np.int8)
    votes = votes_from_codes(
        voter, statement, value, voters=np.arange(people), statements=np.arange(statements)
    )
    return opinion_map(votes, seed=seed, bootstrap=30)


def test_plain_camps_are_found_and_sure() -> None:
    votes, camp = conversation(150, 30, camps=2, seed=1)
    found = opinion_map(votes, seed=1, bootstrap=30)
    assert found.sure is not None
    assert found.k == 2
    assert found.sure.people.mean() > 0.98
    assert found.sure.k > 0.9
    same = (found.group == camp).mean()
    assert max(same, 1 - same) > 0.98


def test_where_there_are_no_camps_it_says_so() -> None:
    found = noise(60, 20, 3)
    assert found.sure is not None
    assert found.sure.people.mean() < 0.8


@pytest.mark.parametrize("seed", range(3))
def test_who_is_at_the_border_is_less_sure(seed: int) -> None:
    votes, _ = conversation(200, 25, camps=2, seen=0.4, seed=seed)
    found = opinion_map(votes, seed=1, bootstrap=40)
    assert found.sure is not None
    centres = [
        (found.x[found.group == group].mean(), found.y[found.group == group].mean())
        for group in range(found.k)
    ]
    away = np.sort([np.hypot(found.x - x, found.y - y) for x, y in centres], axis=0)
    border = np.argsort(away[1] - away[0])
    assert found.sure.people[border[:20]].mean() <= found.sure.people[border[-100:]].mean()


def test_shares_are_shares_and_draws_are_counted() -> None:
    votes, _ = conversation(60, 15, camps=3, seed=4)
    found = opinion_map(votes, seed=1, bootstrap=20)
    assert found.sure is not None
    assert found.sure.draws == 20
    assert sum(share for _, share in found.sure.ks) == pytest.approx(1.0)
    assert ((found.sure.people >= 0) & (found.sure.people <= 1)).all()


def test_without_draws_or_with_too_few_people_nothing_is_claimed() -> None:
    votes, _ = conversation(60, 15, seed=4)
    assert opinion_map(votes, seed=1, bootstrap=0).sure is None
    few, _ = conversation(11, 15, seen=1.0, seed=4)
    assert opinion_map(few, seed=1).sure is None
