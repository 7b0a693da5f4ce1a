"""Who waits in a round reads what is noted of it; after a stop nothing of it stays."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives.actions import Wish, make_link
from earnest.listening.actions import rounds
from earnest.listening.models import Invitation, Round
from earnest.listening.sweeps import send_rounds
from earnest.listening.tests.test_asking import draft
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from tests.worlds import NOW, World

WHY = "You know the zebra shift"


@pytest.fixture
def paused(world: World) -> Round:
    made = rounds.draft_round(world.initiative, draft(times=[]), per_day=2, by=world.lead, at=NOW)
    rounds.take_in(made, [world.joan, world.sam], by=world.lead, at=NOW)
    why = {row.pk: WHY for row in made.ask.invitations.all()}
    rounds.say_why_you(made, why, by=world.lead, at=NOW)
    return made


def waiting(round_: Round) -> list[int]:
    return list(round_.ask.invitations.values_list("participation", flat=True))


def test_why_them_is_on_both_pages_and_in_everything_held(
    client: Client, world: World, paused: Round
) -> None:
    held = everything_about(world.joan, at=NOW)["initiative"]["waits_to_be_asked"]
    assert [one["why_you"] for one in held] == [WHY]
    own = client.get(opened(client, world.joan)).content.decode()
    client.force_login(world.lead)
    leads = client.get(
        f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    ).content.decode()
    for page in (own, leads):
        assert WHY in page
        assert f"asked/{Invitation.objects.get(participation=world.joan).pk}/" not in page


@pytest.mark.parametrize("wish", [Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_a_stop_takes_them_out_of_the_round_with_the_words(
    client: Client, world: World, paused: Round, wish: Wish
) -> None:
    own = opened(client, world.joan)
    client.post(f"{own}wants/{wish}/")
    assert waiting(paused) == [world.sam.pk]


def test_less_leaves_them_where_they_wait(client: Client, world: World, paused: Round) -> None:
    client.post(f"{opened(client, world.joan)}wants/{Wish.LESS}/")
    assert set(waiting(paused)) == {world.joan.pk, world.sam.pk}


def test_a_stop_by_mail_takes_them_out_at_the_next_look_at_the_clock(
    client: Client, world: World, paused: Round
) -> None:
    client.post(f"/p/{make_link(world.joan, by=None, at=now())}/stop/")
    send_rounds(at=now())
    assert waiting(paused) == [world.sam.pk]
