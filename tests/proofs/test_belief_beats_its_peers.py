"""The belief against peers that learn from the same rows, small: a regression shows here first.

The whole contest, larger and on other seeds, is `python -m benchmarks.belief`.
"""

import pytest

from earnest.engine.belief import DEFAULTS

pytest.importorskip("sklearn", reason="scikit-learn, the peers, is among the development packages")

from benchmarks.belief.contest import QUICK, Round, contest, draw
from benchmarks.belief.ours import forecasts
from benchmarks.belief.peers import deeds
from benchmarks.belief.scores import log_loss

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

MOST_CALIBRATION_ERROR = 0.05  # fitted on few; a perfect forecaster measures up to .02 here


@pytest.fixture(scope="module")
def rounds() -> list[Round]:
    return contest(QUICK)


def test_fitted_on_thirty_and_on_three_hundred_it_foretells_better_than_every_peer(
    rounds: list[Round],
) -> None:
    worse = [
        f"{one.population}, {one.fitted_on}: {one.closest}"
        for one in rounds
        if one.closest.behind[0] <= 0
    ]
    assert not worse


def test_fitted_on_three_hundred_its_chances_are_what_they_say(rounds: list[Round]) -> None:
    errors = {one.population: one.ours.scores.calibration for one in rounds if one.fitted_on == 300}
    assert max(errors.values()) <= MOST_CALIBRATION_ERROR, errors


def test_fitting_on_thirty_is_better_than_the_shipped_numbers(rounds: list[Round]) -> None:
    for one in (one for one in rounds if one.fitted_on == 30):
        test = draw(one.population, QUICK.tested_on, f"{QUICK.seed} test")
        assert one.ours.scores.log_loss < log_loss(forecasts(DEFAULTS)(test), deeds(test))
