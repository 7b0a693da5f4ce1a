"""A few simulated worlds: the interval holds the truth about as often as it says.

The bands are wide, for a few hundred draws; tests/proofs/test_effect_covers.py draws four thousand of each world.
"""

from __future__ import annotations

import pytest

from benchmarks.effect.coverage import cover
from benchmarks.effect.worlds import WORLDS

SOME = ("counts alone", "overdispersed", "few readings", "comparison", "strong ties", "weekdays")
COUNT = 200


@pytest.mark.parametrize("name", SOME)
def test_nine_of_ten_intervals_hold_the_truth(name: str) -> None:
    place = [one.name for one in WORLDS].index(name)
    held = cover(place, range(COUNT), seed=7).held
    assert 0.84 <= held <= 0.965
