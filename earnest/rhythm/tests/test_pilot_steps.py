"""Pilots come up on Today: asked of nobody, a yes without an answer, and what is to be decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.pilots import actions
from earnest.pilots.tests.piloted import (
    DAY,
    WHY,
    a_call,
    a_measure,
    a_pilot,
    a_running_pilot,
    a_yes,
    read,
)
from earnest.plans.tests.planned import a_part, publish
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def proposed(world: World, rule: str, *, later: timedelta = timedelta()) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=NOW + later) if step.rule == rule]


def test_who_goes_first_is_asked_once_a_plan_was_shown(world: World) -> None:
    assert not proposed(world, "first-unasked", later=WEEK)
    a_part(world)
    publish(world)
    assert not proposed(world, "first-unasked")  # shown this minute
    (step,) = proposed(world, "first-unasked", later=2 * WEEK)
    assert step.number == world.initiative.pk
    lead = Client()
    lead.force_login(world.lead)
    a_call(world)
    assert not proposed(world, "first-unasked", later=2 * WEEK)


def test_a_yes_waits_until_it_has_an_answer(world: World) -> None:
    call = a_call(world)
    assert not proposed(world, "volunteers-wait")
    said = a_yes(call, world.joan)
    assert [step.number for step in proposed(world, "volunteers-wait")] == [call.pk]
    lead = Client()
    lead.force_login(world.lead)
    assert f"/calls/{call.pk}/" in lead.get("/").text
    actions.answer_not_now(said, WHY, by=world.lead, at=NOW)
    assert not proposed(world, "volunteers-wait")


def test_a_planned_pilot_is_started_on_its_day(world: World) -> None:
    pilot = a_pilot(world, starts_on=DAY + WEEK)
    assert not proposed(world, "pilot-begins")
    (step,) = proposed(world, "pilot-begins", later=WEEK)
    assert step.number == pilot.pk


def test_readings_are_due_until_they_are_read(world: World) -> None:
    pilot = a_running_pilot(world)
    assert not proposed(world, "pilot-readings")
    (step,) = proposed(world, "pilot-readings", later=WEEK)
    assert step.number == pilot.pk
    read(pilot.measures.get(), world, DAY + WEEK, 12, at=NOW + WEEK)
    assert not proposed(world, "pilot-readings", later=WEEK)


def test_the_last_day_asks_for_an_end_or_a_reason(world: World) -> None:
    pilot = a_running_pilot(world)
    over = timedelta(weeks=8)
    (step,) = proposed(world, "pilot-over", later=over)
    assert step.number == pilot.pk
    assert not proposed(world, "pilot-readings", later=over)  # one step at a time
    actions.extend_pilot(pilot, pilot.ends_on + WEEK, WHY, by=world.lead, at=NOW)
    assert not proposed(world, "pilot-over", later=over)
    actions.end_pilot(pilot, WHY, by=world.lead, at=NOW + over + WEEK)
    assert not proposed(world, "pilot-over", later=over + WEEK)


def test_what_would_make_us_stop_waits_for_a_decision(world: World) -> None:
    pilot = a_running_pilot(world)
    measure = pilot.measures.get()
    assert not proposed(world, "pilot-stop")
    read(measure, world, DAY, 9)  # at the line of the measure
    assert [step.number for step in proposed(world, "pilot-stop")] == [pilot.pk]
    actions.go_on(pilot, WHY, by=world.lead, at=NOW)
    assert not proposed(world, "pilot-stop")


def test_a_measure_of_a_pilot_not_begun_is_not_due(world: World) -> None:
    a_measure(world, a_pilot(world, starts_on=DAY + 4 * WEEK))
    assert not proposed(world, "pilot-readings", later=2 * WEEK)
