"""earnest.engine.effect beside statsmodels on the same data: the same least squares, to many digits."""

from __future__ import annotations

import pytest

from benchmarks.effect.peers import Beside, all_beside, statsmodels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(statsmodels is None, reason="statsmodels (group peers) is not installed"),
]


@pytest.fixture(scope="module")
def found() -> list[Beside]:
    return all_beside()


def test_least_squares_are_the_same_to_their_intervals(found: list[Beside]) -> None:
    assert len(found) > 5
    for one in found:
        assert one.furthest < 1e-8, one


def test_ours_holds_no_less_than_what_allows_for_ties(found: list[Beside]) -> None:
    """HAC and GLSAR take the ties they find for the truth; ours is unsure of them, too."""
    wider = [
        one.usual.high - one.usual.low >= one.peers["HAC"].high - one.peers["HAC"].low
        for one in found
    ]
    assert sum(wider) >= len(wider) - 1
