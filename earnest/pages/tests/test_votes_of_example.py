"""The example's vote makes a map of three dozen people with groups, what unites and what divides."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.ideas import sweeps
from earnest.ideas.models import OpinionMap
from earnest.ideas.queries.files import as_polis
from earnest.pages.actions import voting
from earnest.pages.actions.scene import Scene
from earnest.pages.example.calendar import Calendar
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def test_the_vote_of_the_example_can_be_read_as_a_map(world: World) -> None:
    calendar = Calendar(NOW.date(), NOW.tzinfo)  # type: ignore[arg-type]
    scene = Scene(world.initiative, world.lead, calendar, {})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for at, act in voting.acts(scene):
            act(at)
    assert len(asked) < 60
    assert sweeps.renew_maps(at=NOW) == 1
    made = OpinionMap.objects.get()
    assert made.people == 36
    assert made.result["k"] > 1
    assert made.result["united"]
    assert made.result["divided"]
    assert len(made.result["places"]) > 2
    assert len(as_polis(made.space, made)) > 500
