"""Many runs at once: a round asks so many a day, and no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from earnest.listening.sweeps import send_rounds
from earnest.listening.tests.test_rounds import MONDAY, sent, several, started
from earnest.messaging.models import Message
from tests import worlds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def many_connections() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite lives in memory; one connection, nothing at once")


def test_of_many_runs_at_once_so_many_a_day_are_asked() -> None:
    world = worlds.build()
    round_ = started(world, several(world, 10), per_day=4)

    def run(_number: int) -> int:
        try:
            return send_rounds(at=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 4
    assert len(sent(round_)) == 4
    assert Message.objects.filter(kind="ask").count() == 4
