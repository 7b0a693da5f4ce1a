"""earnest.engine.effect beside statsmodels: the same least squares, and more often right where readings have ties."""

from __future__ import annotations

import pytest

from benchmarks.effect.peers import Beside, all_beside, held, statsmodels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(statsmodels is None, reason="statsmodels (group peers) is not installed"),
]

DRAWS = 200
TIED = ("comparison, strong ties", "weak ties", "ties", "strong ties")


@pytest.fixture(scope="module")
def found() -> list[Beside]:
    return all_beside()


def test_least_squares_are_the_same_to_their_intervals(found: list[Beside]) -> None:
    assert len(found) > 5
    for one in found:
        assert one.furthest < 1e-8, one


def test_where_readings_have_ties_ours_holds_the_truth_most_often() -> None:
    """HAC and GLSAR go by the ties they find; ours is unsure of them, too."""
    for world, often in held(DRAWS, TIED).items():
        *theirs, ours = often
        assert ours >= max(theirs), (world, often)
