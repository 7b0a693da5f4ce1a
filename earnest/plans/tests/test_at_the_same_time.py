"""Many at once: what waits is counted right, and nobody waits in a circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from earnest.plans import actions, queries
from earnest.plans.actions import Answer
from earnest.plans.tests.given import a_need, an_input
from earnest.plans.tests.planned import a_part, publish
from tests import worlds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def many_connections() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite lives in memory; one connection, nothing at once")


def test_noted_answered_and_published_at_once_the_count_is_right() -> None:
    world = worlds.build()
    waiting = [an_input(world, world.joan, f"Let us try number {n}") for n in range(6)]
    a_need(world, world.joan)
    a_part(world)

    def act(number: int) -> None:
        try:
            if number < 6:
                actions.reply(waiting[number], Answer("used"), by=world.lead, at=worlds.NOW)
            elif number == 6:
                publish(world)
            else:
                an_input(world, world.sam, f"And what of number {number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(14)))
    world.initiative.refresh_from_db()
    assert world.initiative.inputs_open == queries.count_open(world.initiative) == 8
