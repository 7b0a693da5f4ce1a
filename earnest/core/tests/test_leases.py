"""Of many workers one does what the clock asks, and another takes over when it died."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from earnest.core import actions
from earnest.core.models import Lease

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def take(holder: str, at: datetime = AT, every: timedelta = timedelta(0)) -> bool:
    return actions.take_lease("sweep:it", holder=holder, at=at, lasts=MINUTE, every=every)


@pytest.mark.django_db
def test_one_holder_at_a_time() -> None:
    assert take("a")
    assert not take("b")
    assert not take("a"), "not even the same holder twice: it may be two threads"


@pytest.mark.django_db
def test_a_holder_that_died_loses_it_when_the_time_is_over() -> None:
    assert take("a")
    assert not take("b", AT + MINUTE - timedelta(seconds=1))
    assert take("b", AT + MINUTE)
    assert not actions.release_lease("sweep:it", holder="a", at=AT + MINUTE)
    assert Lease.objects.get().holder == "b"


@pytest.mark.django_db
def test_renewing_keeps_it() -> None:
    take("a")
    assert actions.renew_lease("sweep:it", holder="a", at=AT + MINUTE / 2, lasts=MINUTE)
    assert not take("b", AT + MINUTE)
    assert not actions.renew_lease("sweep:it", holder="b", at=AT, lasts=MINUTE)


@pytest.mark.django_db
def test_what_ran_is_not_due_again_before_its_time() -> None:
    hour = timedelta(hours=1)
    take("a", every=hour)
    actions.release_lease("sweep:it", holder="a", at=AT)
    assert not take("b", AT + hour - MINUTE, every=hour)
    assert take("b", AT + hour, every=hour)


@pytest.mark.django_db
def test_what_failed_is_due_again_when_its_lease_is_over() -> None:
    hour = timedelta(hours=1)
    take("a", every=hour)
    actions.release_lease("sweep:it", holder="a", at=AT, ran=False)
    assert not take("b", AT + MINUTE / 2, every=hour)
    assert take("b", AT + MINUTE, every=hour)


@pytest.mark.django_db(transaction=True)
def test_of_many_asking_at_once_exactly_one_is_told_yes() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite lives in memory; one connection, nothing at once")

    def ask(number: int) -> bool:
        try:
            return take(f"worker-{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(24))) == 1
