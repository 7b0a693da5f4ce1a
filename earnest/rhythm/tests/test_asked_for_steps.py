"""Somebody who asks for a pilot waits on Today until they have an answer (1.12)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Answer, Asker, Wish, answer_request, ask_for_it
from earnest.pilots.tests.carded import a_card, a_pilot, shown
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def proposed(world: World) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=NOW) if step.rule == "asked-for-it"]


@pytest.mark.parametrize("by_account", [False, True])
def test_who_asks_waits_until_they_have_an_answer(world: World, *, by_account: bool) -> None:
    card = a_card(world, a_pilot(world))
    publish_card(card, "workspace", by=world.lead, at=NOW)
    who = Asker(user=world.member) if by_account else Asker(world.joan)
    assert not proposed(world)
    asked = ask_for_it(shown(card), who, Wish("North desk", "Fridays"), at=NOW)
    (step,) = proposed(world)
    assert step.number == asked.pk
    assert "North desk" in step.title
    lead = Client()
    lead.force_login(world.lead)
    assert f"/requests/{asked.pk}/" in lead.get("/").text
    answer_request(asked, Answer("talk"), by=world.lead, at=NOW)
    assert not proposed(world)
