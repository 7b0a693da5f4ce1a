"""The list of people on an initiative: order, pages, search, marks, and its cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from earnest.initiatives import actions, queries
from earnest.initiatives.models import Participation
from earnest.people.models import Person, Team
from tests.worlds import NOW, World


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def _address(world: World) -> str:
    return f"/initiatives/{world.initiative.pk}/people/"


def _many(world: World, count: int) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(workspace=world.workspace, name=f"Person {n:05}") for n in range(count)
    )
    actions.put_many_on(world.initiative, people, by=world.lead, at=NOW)
    return people


def _shown(page: Any) -> list[str]:
    return [one.person.name for one in page.context["page"].rows]


def test_fifty_a_page_by_name_and_everybody_once(as_lead: Client, world: World) -> None:
    _many(world, 120)
    Person.objects.filter(name__in=["Person 00049", "Person 00050"]).update(name="Person 00048")
    seen: list[str] = []
    address = _address(world)
    for _turn in range(3):
        page = as_lead.get(address)
        seen += _shown(page)
        address = _address(world) + page.context["more"]
    assert len(seen) == 122
    assert seen == sorted(seen)
    assert page.context["more"] == ""


def test_a_name_is_found_by_the_beginning_of_any_part(as_lead: Client, world: World) -> None:
    for given in ("joa", "Oka", "JOAN ok"):
        assert _shown(as_lead.get(_address(world), {"q": given})) == ["Joan Okafor"]
    page = as_lead.get(_address(world), {"q": "kafor"})
    assert "Nobody here fits that." in page.content.decode()
    assert _shown(as_lead.get(_address(world), {"q": "%"})) == []


def test_the_list_is_narrowed_by_team_and_holder(as_lead: Client, world: World) -> None:
    north = Team.objects.create(workspace=world.workspace, name="North")
    Person.objects.filter(pk=world.sam.person_id).update(team=north)
    assert _shown(as_lead.get(_address(world), {"team": north.pk})) == ["Sam Reyes"]
    actions.hand_over(world.sam, to=world.co_lead, by=world.lead, at=NOW)
    assert _shown(as_lead.get(_address(world), {"mine": "on"})) == ["Joan Okafor"]
    assert len(_shown(as_lead.get(_address(world), {"team": "none such", "after": "x"}))) == 2


def test_narrowing_is_kept_on_the_next_page(as_lead: Client, world: World) -> None:
    _many(world, 60)
    page = as_lead.get(_address(world), {"q": "Person"})
    assert page.context["more"].startswith("?q=Person&after=")


def test_when_the_last_one_of_a_page_has_gone_the_list_begins_anew(
    as_lead: Client, world: World
) -> None:
    assert len(_shown(as_lead.get(_address(world), {"after": 999_999}))) == 2


def test_the_mark_of_the_ladder_is_said_in_words(as_lead: Client, world: World) -> None:
    """0.1, 2.3."""
    rungs = apps.get_model("standing", "Rung")._default_manager  # above: named, not imported
    rungs.create(participation=world.joan, initiative_id=world.initiative.pk, step="agreed")
    html = as_lead.get(_address(world)).content.decode()
    assert '<span class="rung agreed" aria-hidden="true"></span> <small>agreed, with a date' in html
    assert '<span class="rung unheard" aria-hidden="true"></span> <small>not heard yet' in html
    rungs.update(no_chance_since=NOW)
    html = as_lead.get(_address(world)).content.decode()
    assert '<span class="rung nochance" aria-hidden="true"></span> <small>no chance yet' in html


def test_each_name_leads_to_the_persons_page(as_lead: Client, world: World) -> None:
    assert (
        f'href="{_address(world)}{world.joan.pk}/"' in as_lead.get(_address(world)).content.decode()
    )


def test_the_erased_are_not_listed_and_objections_are_shown(as_lead: Client, world: World) -> None:
    Person.objects.filter(pk=world.sam.person_id).update(erased_at=NOW)
    Participation.objects.filter(pk=world.joan.pk).update(stopped_at=NOW)
    page = as_lead.get(_address(world))
    assert _shown(page) == ["Joan Okafor"]
    assert "leave alone" in page.content.decode()


def test_an_empty_list_says_what_will_be_here(as_lead: Client, world: World) -> None:
    for one in (world.joan, world.sam):
        actions.take_off(one, by=world.lead, at=NOW)
    html = as_lead.get(_address(world)).content.decode()
    assert "Here will be everyone who is asked" in html


@pytest.mark.parametrize("many", [3, 400])
def test_the_list_costs_the_same_at_any_size(
    as_lead: Client, world: World, many: int, django_assert_num_queries: Any
) -> None:
    _many(world, many)
    with django_assert_num_queries(7):  # session, user, initiative, teams, people, rail twice
        as_lead.get(_address(world))


def test_the_same_query_serves_one_page_of_any_list(
    world: World, django_assert_num_queries: Any
) -> None:
    _many(world, 200)
    first = queries.people_on(world.initiative, queries.Sought())
    with django_assert_num_queries(2):
        queries.people_on(world.initiative, queries.Sought(after=first.next_key))
