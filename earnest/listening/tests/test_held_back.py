"""Who cannot be asked now: nothing invites to fill in a form, and what can be done instead is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.listening.models import Ask, Round
from earnest.people.models import Away
from tests.worlds import World


def asking(client: Client, world: World, whom: Participation) -> str:
    client.force_login(world.lead)
    return client.get(f"/people/{whom.pk}/ask/").content.decode()


def test_who_is_left_alone_is_not_asked_by_a_form(client: Client, world: World) -> None:
    person = world.joan.person
    person.left_alone_until = now() + timedelta(days=9)
    person.save()
    page = asking(client, world, world.joan)
    assert "Joan is left alone until" in page
    for words in ("Keep a promise", "Look back on a talk", "Listen, when they come"):
        assert words in page
    assert "See it as Joan will" not in page
    assert 'name="why_you"' not in page
    assert "See it as Sam will" in asking(client, world, world.sam)


def test_after_a_stop_only_promises_are_kept(client: Client, world: World) -> None:
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=now())
    page = asking(client, world, world.joan)
    assert "Keep a promise" in page
    assert "Listen, when they come" not in page
    assert 'name="why_you"' not in page


def test_a_round_marks_who_waits_for_now(client: Client, world: World) -> None:
    given: dict[str, Any] = {"kind": "input", "minutes": 15, "about": "Fridays", "gets": "a draft"}
    ask = Ask.objects.create(
        initiative=world.initiative, by=world.lead, made_at=now(), answer_by=now().date(), **given
    )
    round_ = Round.objects.create(ask=ask, paused_at=now())
    person = world.joan.person
    person.asked_enough_until = now() + timedelta(days=3)
    person.save()
    today = world.workspace.day(now())
    Away.objects.create(person=world.sam.person, first_day=today, last_day=today)
    client.force_login(world.lead)
    shown = client.get(f"/rounds/{round_.pk}/people/").content.decode()
    client.post(
        f"/rounds/{round_.pk}/people/",
        {"shown": [world.joan.pk, world.sam.pk], "in": [world.joan.pk, world.sam.pk]},
    )
    for page in (shown, client.get(f"/rounds/{round_.pk}/why/").content.decode()):
        assert "waits: asked enough for now" in page
        assert "waits: away until" in page
