"""Since when somebody is in their team: a moment may wait for just that (0.8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.people import actions
from earnest.people.actions import Details
from earnest.people.models import Person, Team
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def north(world: World) -> Team:
    return Team.objects.create(workspace=world.workspace, name="North")


def details(person: Person, team: Team | None) -> Details:
    return Details(person.name, person.email, team=team)


def test_who_comes_into_a_team_is_in_it_since_then(world: World, north: Team) -> None:
    joan = world.joan.person
    changed = actions.change_person(joan, details(joan, north), by=world.owner, at=LATER)
    assert changed.team_since == LATER


def test_another_change_leaves_the_day_they_came(world: World, north: Team) -> None:
    joan = world.joan.person
    actions.change_person(joan, details(joan, north), by=world.owner, at=NOW)
    there = Details(joan.name, joan.email, job="Planner", team=north)
    assert actions.change_person(joan, there, by=world.owner, at=LATER).team_since == NOW


def test_who_leaves_a_team_is_in_none(world: World, north: Team) -> None:
    joan = world.joan.person
    actions.change_person(joan, details(joan, north), by=world.owner, at=NOW)
    left = actions.change_person(joan, details(joan, None), by=world.owner, at=LATER)
    assert left.team_since is None


def test_a_file_says_it_of_whom_it_puts_into_a_team_and_of_nobody_else(world: World) -> None:
    south = Team.objects.create(workspace=world.workspace, name="South")
    Person.objects.filter(pk=world.sam.person_id).update(team=south)  # since nobody knows when
    file = b"name,email,team,job\nJoan Okafor,joan@example.org,North,\nSam Reyes,,South,Nurse\n"
    actions.import_file(
        world.workspace, file + b"Kim Ito,kim@example.org,North,\n", by=world.owner, at=LATER
    )
    since = dict(Person.objects.values_list("name", "team_since"))
    assert since["Joan Okafor"] == LATER
    assert since["Kim Ito"] == LATER
    assert since["Sam Reyes"] is None
