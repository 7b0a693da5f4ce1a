"""Many at once: the limit holds, and one mail leaves once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from earnest.messaging import leaving
from earnest.messaging.actions import AskedEnough
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import Server, put
from tests import worlds
from tests.worlds import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def many_connections() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite lives in memory; one connection, nothing at once")


def test_of_many_who_ask_at_once_two_may() -> None:
    world = worlds.build()

    def ask(number: int) -> bool:
        try:
            put(world.joan, subject=f"Ask {number}")
        except AskedEnough:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(16))) == 2
    assert Message.objects.count() == 2


def test_of_many_workers_one_sends_it(server: Server) -> None:
    message = put(worlds.build().joan)

    def send(number: int) -> bool:
        try:
            return leaving.leave(message.pk, clock=lambda: NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(16))) == 1
    assert len(server.taken) == 1
