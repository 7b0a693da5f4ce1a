"""Other times: an answer to who wrote themselves, an ask within the limits to everybody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.listening import actions
from earnest.listening.actions import AnswerOver, Wanted
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import DAY, HOUR, invite, times_of
from earnest.messaging.actions import AskedEnough
from earnest.messaging.tests.mails import put
from tests.worlds import NOW, World

LATER = [NOW + 30 * DAY]


@pytest.fixture
def asked(world: World) -> Invitation:
    return invite(world, world.joan)


def kinds(world: World) -> list[str]:
    return [one.kind for one in world.joan.messages.order_by("pk") if one.kind != "confirmation"]


def called_off(asked: Invitation, world: World, *, ours: bool) -> Invitation:
    """Agreed by their own hand, and called off."""
    actions.choose_time(asked, times_of(asked)[0], by=None, at=NOW)
    by = world.lead if ours else None
    return actions.call_off(asked, by=by, at=NOW + HOUR, ours=ours)


def test_times_for_who_proposed_or_called_off_themselves_are_an_answer(
    world: World, asked: Invitation
) -> None:
    actions.propose_time(asked, Wanted(None, "later"), by=None, at=NOW)
    actions.offer_times(asked, LATER, by=world.lead, at=NOW + HOUR)
    called_off(asked, world, ours=False)
    actions.offer_times(asked, LATER, by=world.lead, at=NOW + 2 * HOUR)
    assert kinds(world) == ["reply", "reply"]


def test_times_after_we_called_it_off_are_an_ask(world: World, asked: Invitation) -> None:
    called_off(asked, world, ours=True)
    actions.offer_times(asked, LATER, by=world.lead, at=NOW + 2 * HOUR)
    assert kinds(world) == ["ask"]
    assert "does not suit" not in world.joan.messages.get(kind="ask").text


def test_a_lead_s_word_for_what_they_said_is_no_way_round_the_limit(
    world: World, asked: Invitation
) -> None:
    put(world.joan)
    for n in range(1, 3):
        actions.agree_on(
            asked,
            NOW + (20 + n) * DAY,
            by=world.lead,
            at=NOW + n * HOUR,
            came=actions.Came("phone"),
        )
        actions.call_off(asked, by=world.lead, at=NOW + n * HOUR, ours=True)
        if n == 1:
            actions.offer_times(asked, LATER, by=world.lead, at=NOW + n * HOUR)
    with pytest.raises(AskedEnough):
        actions.offer_times(asked, LATER, by=world.lead, at=NOW + 3 * HOUR)
    asked.refresh_from_db()
    assert asked.state == Invitation.State.CANCELLED
    actions.propose_time(
        asked, Wanted(None, "in May"), by=world.lead, at=NOW, came=actions.Came("phone")
    )
    with pytest.raises(AskedEnough):
        actions.offer_times(asked, LATER, by=world.lead, at=NOW + 3 * HOUR)
    assert kinds(world) == ["ask", "ask"]


def test_the_page_says_from_when_they_can_be_asked_again(
    client: Client, world: World, asked: Invitation
) -> None:
    called_off(asked, world, ours=True)
    put(world.joan)
    put(world.joan)
    client.force_login(world.lead)
    url = reverse("listening:invitation_offered", args=[asked.pk])
    answer = client.post(url, {"1-day": "2027-11-30", "1-hour": "10:00"}, follow=True)
    assert "has been asked enough for now" in answer.content.decode()


def test_where_nothing_was_said_no_times_are_offered(world: World, asked: Invitation) -> None:
    with pytest.raises(AnswerOver):
        actions.offer_times(asked, LATER, by=world.lead, at=NOW + HOUR)
