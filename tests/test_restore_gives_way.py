"""Whoever restores while people write waits for them, and tries again (PostgreSQL)."""

from __future__ import annotations

from typing import Any, cast

import psycopg
import pytest
from django.db import OperationalError

from earnest.cli import database
from earnest.cli.copies import into_postgresql
from earnest.cli.restore import Plan, Restored
from earnest.cli.stop import Stop

PLAN = cast("Plan", None)
BACK = cast("Restored", object())


def django_s(cause: Exception) -> OperationalError:
    error = OperationalError("in the way")
    error.__cause__ = cause
    return error


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the tries raise, one after the other; then one succeeds."""
    waiting: list[Exception] = []

    def once(_plan: Any) -> Restored:
        if waiting:
            raise waiting.pop(0)
        return BACK

    monkeypatch.setattr(into_postgresql, "_in_one_transaction", once)
    monkeypatch.setattr(into_postgresql, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(database, "bring_up_to_date", lambda: None)
    return waiting


@pytest.mark.parametrize(
    "refused",
    [
        psycopg.errors.LockNotAvailable("not in time"),
        django_s(psycopg.errors.LockNotAvailable("not in time")),
        psycopg.errors.DeadlockDetected("a circle"),
    ],
)
def test_whoever_is_in_the_way_is_waited_for(refusals: list[Exception], refused: Exception) -> None:
    refusals += [refused] * 3
    assert into_postgresql.bring_back(PLAN) is BACK
    assert refusals == []


def test_without_a_pause_it_says_so_and_changes_nothing(refusals: list[Exception]) -> None:
    refusals += [psycopg.errors.LockNotAvailable("not in time")] * into_postgresql.TRIES
    with pytest.raises(Stop, match="Nothing changed"):
        into_postgresql.bring_back(PLAN)


def test_anything_else_is_not_tried_again(refusals: list[Exception]) -> None:
    refusals += [psycopg.errors.DiskFull("no room"), psycopg.errors.DiskFull("no room")]
    with pytest.raises(psycopg.errors.DiskFull):
        into_postgresql.bring_back(PLAN)
    assert len(refusals) == 1
