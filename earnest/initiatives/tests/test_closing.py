"""Closing, taking up again, and the example that goes in one tap."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import actions
from earnest.initiatives.models import Initiative, Participation
from earnest.people import actions as people_actions
from earnest.people.actions import Named
from earnest.people.models import Person, Team
from tests.worlds import NOW, World


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def test_an_initiative_is_closed_and_taken_up_again(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/"
    html = as_lead.post(f"{base}closed/", follow=True).content.decode()
    assert "What is kept about people goes 12 months after that day" in html
    assert Initiative.objects.get(pk=world.initiative.pk).closed_at
    assert "closed" in as_lead.get("/initiatives/").content.decode()
    as_lead.post(f"{base}reopened/")
    assert Initiative.objects.get(pk=world.initiative.pk).closed_at is None


def test_closing_twice_keeps_the_first_day(world: World) -> None:
    actions.close_initiative(world.initiative, by=world.lead, at=NOW)
    with pytest.raises(actions.AlreadyClosed):
        actions.close_initiative(world.initiative, by=world.lead, at=NOW.replace(year=2027))
    assert Initiative.objects.get(pk=world.initiative.pk).closed_at == NOW
    actions.reopen_initiative(world.initiative, by=world.lead, at=NOW)
    with pytest.raises(actions.NotClosed):
        actions.reopen_initiative(world.initiative, by=world.lead, at=NOW)


def test_what_is_no_example_stays(as_lead: Client, world: World) -> None:
    address = f"/initiatives/{world.initiative.pk}/example/removed/"
    assert "so it stays" in as_lead.post(address, follow=True).content.decode()
    assert Initiative.objects.filter(pk=world.initiative.pk).exists()


def test_the_example_goes_with_its_made_up_people_and_nobody_real(
    as_lead: Client, world: World
) -> None:
    example = actions.start_initiative(
        world.workspace, title="Example", target="t", by=world.lead, at=NOW
    )
    Initiative.objects.filter(pk=example.pk).update(is_example=True)
    team = people_actions.add_team(
        world.workspace, "South", parent=None, is_example=True, by=world.lead, at=NOW
    )
    details = people_actions.Details("Mo Ex", "mo@team.example", team=team)
    made_up = people_actions.add_person(
        world.workspace, details, is_example=True, by=world.lead, at=NOW
    )
    real, nameless = people_actions.add_people(
        world.workspace, [Named("Real", "real@clinic.nl"), Named("No Mail")], by=world.lead, at=NOW
    )
    people = [made_up, real, nameless, world.joan.person]
    actions.put_many_on(example, people, by=world.lead, at=NOW)
    html = as_lead.post(f"/initiatives/{example.pk}/example/removed/", follow=True).content.decode()
    assert "The example is gone" in html
    assert not Initiative.objects.filter(pk=example.pk).exists()
    assert not Person.objects.filter(pk=made_up.pk).exists()
    assert Person.objects.filter(pk__in=[real.pk, nameless.pk, world.joan.person_id]).count() == 3
    assert not Team.objects.exists()
    assert Participation.objects.filter(pk=world.joan.pk).exists()
    assert Event.objects.filter(action="example_removed").exists()


def test_what_a_phone_has_no_room_for_and_what_is_closed_stays_within_reach(
    as_lead: Client, world: World
) -> None:
    base = f"/initiatives/{world.initiative.pk}/"
    actions.close_initiative(world.initiative, by=world.lead, at=NOW)
    main = as_lead.get(base).content.decode().partition("<main")[2]
    for place in ("overview", "rhythm", "mirror", "stories", "step-backs"):
        assert f'href="{base}{place}/"' in main
        assert as_lead.get(f"{base}{place}/").status_code == 200
