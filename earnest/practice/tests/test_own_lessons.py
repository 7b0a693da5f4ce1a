"""Lessons on a person's own page: one tap opens the point, one says how it went (0.4, 0.8, 0.11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.pages.tests.own import opened
from earnest.practice import actions
from earnest.practice.models import Agreement, Attendance, CameUp, FollowUp
from earnest.practice.tests.taught import POINTS, a_lesson, first_point, were_there
from tests.worlds import NOW, World


@pytest.fixture
def mine(world: World) -> tuple[Client, str]:
    return opened(world)
