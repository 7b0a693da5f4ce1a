"""A sentence that waits to be read, and a vote nobody heard the outcome of, come up on Today."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.ideas.actions import outcomes, statements
from earnest.ideas.models import OpinionMap, Space, Statement
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def proposed(world: World, rule: str) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=NOW) if step.rule == rule]


def a_space(world: World, **more: object) -> Space:
    made = {"initiative": world.initiative, "question": "How would you?", "made_at": NOW}
    return Space.objects.create(**made, names=False, **more)


def test_a_sentence_waits_until_a_lead_has_read_it(world: World) -> None:
    space = a_space(world)
    one = Statement.objects.create(space=space, words="We rest", made_on=NOW.date())
    (step,) = proposed(world, "sentences-wait")
    assert step.number == space.pk
    assert "How would you?" in step.reason
    lead = Client()
    lead.force_login(world.lead)
    assert f"/spaces/{space.pk}/statements/?state=waiting" in lead.get("/").text
    statements.show(one, by=world.lead, at=NOW)
    assert not proposed(world, "sentences-wait")


def test_what_becomes_of_a_closed_vote_is_owed_until_it_is_said(world: World) -> None:
    space = a_space(world, closed_at=NOW)
    assert not proposed(world, "outcome-owed")  # nothing came of it that could be told
    OpinionMap.objects.create(space=space, version=1, made_on=NOW.date(), people=12)
    assert [step.number for step in proposed(world, "outcome-owed")] == [space.pk]
    outcomes.say_outcome(space, "We try it in May", by=world.lead, at=NOW)
    assert not proposed(world, "outcome-owed")
