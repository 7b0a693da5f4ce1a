"""An answer at the very moment of the close is counted, or told that it is over: never lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from random import SystemRandom

import pytest
from django.db import connection

from earnest.checkins import actions
from earnest.checkins.actions import RoundOver, Taps
from earnest.checkins.tests.asking import AFTER, more_people, opened
from tests import worlds
from tests.worlds import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def many_connections() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite lives in memory; one connection, nothing at once")


def test_who_answers_while_it_closes_is_not_thanked_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = worlds.build()
    more_people(world, 6)
    made = opened(world)
    first, *others = actions.lay_slots(made, 7, at=NOW)
    for secret in others:
        actions.answer_unnamed(secret, Taps(line="Fridays"))

    def late() -> bool:
        try:
            actions.answer_unnamed(first, Taps(line="Mondays"))
        except RoundOver:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(1) as pool:

        class MeanwhileSomebodyAnswers(SystemRandom):
            def shuffle(self, x: object) -> None:
                found.append(pool.submit(late))
                time.sleep(0.5)

        found: list[object] = []
        monkeypatch.setattr(
            "earnest.checkins.actions.ending.secrets.SystemRandom", MeanwhileSomebodyAnswers
        )
        assert actions.close_round(made, at=AFTER)
        thanked = found[0].result(10)  # type: ignore[attr-defined]
    made.refresh_from_db()
    assert made.answer_count == 6 + thanked
