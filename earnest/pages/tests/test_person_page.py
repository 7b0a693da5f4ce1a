"""The person page: what happened, dated, in order; and what one can note there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.promises import actions as promises
from earnest.promises.actions import Draft
from earnest.standing.models import Rung
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def page(lead: Client, world: World) -> str:
    address = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    return str(lead.get(address).content.decode())


def test_it_says_its_purpose_and_that_they_can_read_it(lead: Client, world: World) -> None:
    html = page(lead, world)
    assert "Never for appraisal" in html
    assert "Joan can read all of this." in html


def test_a_person_of_another_initiative_has_no_page_here(lead: Client, world: World) -> None:
    address = f"/initiatives/{world.other_initiative.pk}/people/{world.joan.pk}/"
    assert lead.get(address).status_code == 404


def test_what_happened_stands_in_order_the_latest_first(lead: Client, world: World) -> None:
    one = promises.make_promise(
        world.joan, Draft("send the draft", "ours", due=NOW.date()), by=world.lead, at=NOW
    )
    promises.keep_promise(one, by=world.lead, at=NOW + timedelta(days=1))
    html = page(lead, world)
    assert html.index("Our promise, kept") < html.index("Our promise, made")


def test_a_yes_and_a_no_are_noted_there(lead: Client, world: World) -> None:
    lead.post(f"/people/{world.joan.pk}/said-yes/")
    assert Rung.objects.get(pk=world.joan.pk).step == "nodded"
    refused = lead.post(f"/people/{world.joan.pk}/said-no/", {"reason": ""})
    assert "What did they say?" in refused.content.decode()
    lead.post(f"/people/{world.joan.pk}/said-no/", {"reason": "no time before May"})
    assert "no time before May" in page(lead, world)


def test_no_chance_yet_stands_apart_and_goes_again(lead: Client, world: World) -> None:
    lead.post(f"/people/{world.joan.pk}/no-chance/")
    assert "no chance yet" in page(lead, world)
    lead.post(f"/people/{world.joan.pk}/a-chance/")
    assert "A chance came up" not in page(lead, world)


def test_there_is_no_estimate(lead: Client, world: World) -> None:
    html = page(lead, world).lower()
    assert not any(word in html for word in ("chance of", "percent", "estimate", "likely"))


def test_a_first_look_says_what_to_do_first(lead: Client, world: World) -> None:
    html = page(lead, world)
    assert "Listen first" in html
    assert "The first thing to do: hear them." in html
