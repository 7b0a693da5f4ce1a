"""Lessons on a person's own page: one tap opens the point, one says how it went (0.4, 0.8, 0.11)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.pages.tests.own import opened
from tests.worlds import World


@pytest.fixture
def mine(world: World) -> tuple[Client, str]:
    return opened(world)
