"""A space with nobody in it, and ideas of which none was taken up, come up on Today."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from earnest.ideas import actions as ideas
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.plans import actions as plans
from earnest.rhythm import actions as rhythm
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

A_DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def proposed(world: World, rule: str, *, at: datetime) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=at) if step.rule == rule]


def test_a_space_into_which_nobody_was_asked_comes_up_after_a_day(world: World) -> None:
    space = named_space(world)
    assert proposed(world, "space-unasked", at=NOW + timedelta(hours=23)) == []
    (step,) = proposed(world, "space-unasked", at=NOW + A_DAY)
    assert (step.number, step.title) == (space.pk, "Ask people in: How would you make it work?")
    ideas.invite(space, [world.joan], "Would you?", by=world.lead, at=NOW)
    assert proposed(world, "space-unasked", at=NOW + A_DAY) == []


def test_nor_where_somebody_came_or_it_was_closed(world: World) -> None:
    came, closed = unnamed_space(world), named_space(world)
    assert len(proposed(world, "space-unasked", at=NOW + A_DAY)) == 2
    browser(came, "a")
    ideas.close_space(closed, by=world.lead, at=NOW)
    assert proposed(world, "space-unasked", at=NOW + A_DAY) == []


def test_ideas_of_which_none_was_taken_up_come_up_after_a_week(world: World) -> None:
    space = named_space(world)
    idea = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    idea_of(voice_of(space, world.sam), "A bell")
    assert proposed(world, "ideas-wait", at=NOW + 6 * A_DAY) == []
    (step,) = proposed(world, "ideas-wait", at=NOW + 7 * A_DAY)
    assert (step.number, "that stand there: 2" in step.reason) == (space.pk, True)
    plans.take_idea_up(idea, by=world.lead, at=NOW + 7 * A_DAY)
    assert proposed(world, "ideas-wait", at=NOW + 8 * A_DAY) == []


def test_a_space_without_an_idea_waits_for_nothing(world: World) -> None:
    space = named_space(world)
    idea = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    ideas.take_idea_back(idea, at=NOW)
    assert proposed(world, "ideas-wait", at=NOW + 9 * A_DAY) == []


def test_an_idea_of_a_lead_waits_for_nobody(world: World) -> None:
    space = named_space(world)
    ideas.give_idea_as_lead(space, ideas.Given("A bell"), by=world.lead, at=NOW)
    assert proposed(world, "ideas-wait", at=NOW + 9 * A_DAY) == []
    idea_of(voice_of(space, world.joan), "Paint the ibis line")
    assert len(proposed(world, "ideas-wait", at=NOW + 9 * A_DAY)) == 1


def test_put_off_it_comes_back_on_its_day_and_dismissed_it_does_not(world: World) -> None:
    space = named_space(world)
    step, later = f"space-unasked:space_unasked:{space.pk}", NOW + 3 * A_DAY
    rhythm.put_off(step, until=later.date(), by=world.lead, at=NOW)
    assert proposed(world, "space-unasked", at=NOW + A_DAY) == []
    assert proposed(world, "space-unasked", at=later)
    rhythm.dismiss(step, "It was a try", by=world.lead, at=NOW)
    assert proposed(world, "space-unasked", at=later) == []
