"""Fixtures for every test."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import worlds

if TYPE_CHECKING:
    from earnest.initiatives.models import Initiative

# A busy machine is slow to think of examples: that says nothing about what is tested.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

type Told = tuple[worlds.World, Initiative]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Django asks a new connection once whether it knows JSON: not to be counted to any page."""
    with django_db_blocker.unblock():
        _ = connection.features.supports_json_field


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


def told(blocker: DjangoDbBlocker, at: datetime) -> Iterator[Told]:
    """The world with its example, built once for a module and undone after it.

    Each test runs inside, and undoes only its own changes.
    """
    from earnest.pages import actions  # noqa: PLC0415 - only where the example is asked for

    with blocker.unblock(), transaction.atomic():
        world = worlds.build()
        yield world, actions.build_example(world.workspace, by=world.lead, at=at)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def told_then(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """The example as it stood on the day of the tests' world."""
    yield from told(django_db_blocker, worlds.NOW)


@pytest.fixture(scope="module")
def told_now(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """The example as it stands today, for pages that look at the clock."""
    yield from told(django_db_blocker, timezone.now())


@pytest.fixture
def example_then(told_then: Told, db: None) -> Told:
    """A copy of the world and its example: what a test changes in it, no other test sees."""
    return copy.deepcopy(told_then)


@pytest.fixture
def example_now(told_now: Told, db: None) -> Told:
    """The same, as it stands today."""
    return copy.deepcopy(told_now)
