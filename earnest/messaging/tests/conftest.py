"""A mail server for these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from earnest.messaging.tests.mails import Server, mailers, running


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """Listens on this machine, and mail goes there."""
    with running(Server()) as one:
        settings.MAILERS = mailers(one.port)
        yield one
