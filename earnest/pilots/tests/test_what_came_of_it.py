"""What came of each pilot is on the first page about them, and who asked for it waits there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Asker, Wish, ask_for_it
from earnest.pilots.tests.carded import EARLY, HELPED, a_card, a_pilot, measured, shown
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
SENTENCE = str(escape(str(HELPED["sentence"])))


@pytest.fixture
def place(world: World) -> str:
    return f"/initiatives/{world.initiative.pk}/pilots/"


def read(place: str, user: object) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.get(place).text


def test_each_says_whether_it_helped_or_that_it_is_too_early(world: World, place: str) -> None:
    measured(a_pilot(world), HELPED)
    for who in (world.lead, world.sponsor):
        page = read(place, who)
        assert "it helped" in page
        assert SENTENCE in page
        assert "too early to say" not in page
    measured(a_pilot(world, "North"), EARLY)
    assert "too early to say" in read(place, world.sponsor)


def test_of_few_people_it_is_for_those_who_lead(world: World, place: str) -> None:
    measured(a_pilot(world, people_count=4), HELPED)
    assert SENTENCE in read(place, world.lead)
    assert SENTENCE not in read(place, world.sponsor)
    assert "it helped" not in read(place, world.sponsor)


def test_who_asked_for_it_waits_there_for_its_leads(world: World, place: str) -> None:
    card = a_card(world, a_pilot(world))
    publish_card(card, "workspace", by=world.lead, at=NOW)
    ask_for_it(shown(card), Asker(world.joan), Wish("Archive", "Why not"), at=NOW)
    assert "Archive asks for it" in read(place, world.lead)
    assert "Archive" not in read(place, world.sponsor)


def test_a_comparison_that_is_in_no_answer_is_said_to_be_in_none(world: World) -> None:
    one = measured(a_pilot(world), HELPED)
    said = "North desk is not in this answer"
    assert said in read(f"/pilots/{one.pilot_id}/", world.lead)
    one.effect = {**HELPED, "comparison_before": 35.0, "comparison_after": 37.0}
    one.save()
    assert said not in read(f"/pilots/{one.pilot_id}/", world.lead)


def test_who_leads_it_is_not_asked_to_ask_for_it(world: World) -> None:
    card = a_card(world, a_pilot(world))
    publish_card(card, "workspace", by=world.lead, at=NOW)
    assert "For which part" in read(f"/cards/{card.pk}/", world.member)
    assert "For which part" not in read(f"/cards/{card.pk}/", world.lead)


def test_a_share_is_called_with_its_sign_wherever_it_stands(client: Client, world: World) -> None:
    one = measured(a_pilot(world), HELPED)
    client.force_login(world.lead)
    for place in ("sheet", "door"):
        page = client.get(f"/pilot-measures/{one.pk}/{place}/").text
        assert "% Requests with one owner within a day. " in page
