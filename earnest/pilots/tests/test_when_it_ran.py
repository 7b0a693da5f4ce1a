"""From when to when a pilot really ran is the same day wherever it is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from earnest.core.templatetags.days import day
from earnest.pilots import actions, queries
from earnest.pilots.models import Pilot
from earnest.pilots.queries.cards import version_now
from earnest.pilots.queries.drafting import draft_of
from earnest.pilots.queries.spread import spread_of
from earnest.pilots.tests.carded import a_card
from earnest.pilots.tests.piloted import DAY, WHY, a_measure, a_pilot
from tests.worlds import NOW, World

FORTNIGHT = timedelta(days=14)
ENDED = DAY + FORTNIGHT


@pytest.fixture
def pilot(world: World) -> Pilot:
    """Planned from four weeks ago for twelve; begun today, ended a fortnight later."""
    made = a_pilot(world, starts_on=DAY - 2 * FORTNIGHT, ends_on=DAY + 4 * FORTNIGHT)
    a_measure(world, made)
    actions.start_pilot(made, by=world.lead, at=NOW)
    actions.end_pilot(made, WHY, by=world.lead, at=NOW + FORTNIGHT)
    return Pilot.objects.get(pk=made.pk)


def days_of(pilot: Pilot) -> tuple[date, date]:
    return queries.began_on(pilot), queries.last_day(pilot)


def test_card_draft_and_spread_tell_the_same_days(world: World, pilot: Pilot) -> None:
    assert days_of(pilot) == (DAY, ENDED)
    version, _figures = version_now(a_card(world, pilot))
    assert (version.began_on, version.ended_on) == (DAY, ENDED)
    assert draft_of(pilot)["cost"].startswith("15 days")
    ((ran,),) = [
        row.ran for row in spread_of(world.initiative, today=ENDED + FORTNIGHT, leads=True).rows
    ]
    assert (ran.began, ran.until) == (DAY, ENDED)


def test_its_page_and_the_list_tell_them_as_well(world: World, pilot: Pilot) -> None:
    lead = Client()
    lead.force_login(world.lead)
    for page in (f"/pilots/{pilot.pk}/", f"/initiatives/{world.initiative.pk}/pilots/"):
        assert f"{day(DAY)} to {day(ENDED)}" in " ".join(lead.get(page).text.split())


def test_while_it_runs_its_last_day_is_the_planned_one(world: World) -> None:
    pilot = a_pilot(world)
    assert days_of(pilot) == (pilot.starts_on, pilot.ends_on)
    a_measure(world, pilot)
    actions.start_pilot(pilot, by=world.lead, at=NOW + FORTNIGHT)
    pilot.refresh_from_db()
    assert days_of(pilot) == (ENDED, pilot.ends_on)


def test_stopped_before_its_first_day_it_ran_until_then(world: World) -> None:
    pilot = a_pilot(world, starts_on=DAY + FORTNIGHT)
    a_measure(world, pilot)
    actions.start_pilot(pilot, by=world.lead, at=NOW)
    actions.stop_pilot(pilot, WHY, by=world.lead, at=NOW)
    pilot.refresh_from_db()
    assert days_of(pilot) == (DAY, DAY)
