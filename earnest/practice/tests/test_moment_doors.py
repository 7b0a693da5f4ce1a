"""Another system says that a moment came: signed, once, and it learns nothing in return."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from earnest.core.actions import DoorTurned
from earnest.core.signed import sign
from earnest.initiatives import actions as initiatives
from earnest.practice.actions import moment_doors, moments
from earnest.practice.models import MomentCame, MomentDoor, MomentSeen
from earnest.practice.tests.moments import a_moment
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with patch("earnest.practice.views.moment_doors.now", return_value=LATER):
        yield


@pytest.fixture
def secret(world: World) -> str:
    return moment_doors.begin_moment_door(world.initiative, by=world.lead, at=NOW)[1]


def send(secret: str, said: dict[str, Any] | bytes, key: str = "m1", at: datetime = LATER) -> Any:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    url = reverse("practice:came", args=[MomentDoor.objects.get().address])
    headers = {
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(secret, key=key, at=at, body=body),
    }
    return Client().post(url, body, content_type="application/json", headers=headers)


def about(world: World, person: str = "joan@example.org") -> dict[str, Any]:
    return {"moment": a_moment(world, how="hook").pk, "person": person}


def test_it_comes_by_an_address_in_whatever_case(world: World, secret: str) -> None:
    assert send(secret, about(world, "Joan@Example.org")).status_code == 202
    seen = MomentSeen.objects.get()
    assert (seen.participation, seen.how, seen.by) == (world.joan, "hook", None)
    assert MomentCame.objects.get().seen_id == seen.pk


def test_or_by_the_key_on_their_page(world: World, secret: str) -> None:
    send(secret, about(world, f"p-{world.joan.pk}"))
    assert MomentSeen.objects.get().participation == world.joan


def test_the_same_key_is_taken_once(world: World, secret: str) -> None:
    said = about(world)
    assert [send(secret, said).status_code for _ in range(3)] == [202, 202, 202]
    assert MomentSeen.objects.count() == MomentCame.objects.count() == 1


def test_what_died_half_way_is_taken_when_it_is_sent_again(world: World, secret: str) -> None:
    said = about(world)
    with (
        patch.object(moment_doors, "take", side_effect=SystemExit),
        pytest.raises(SystemExit),
    ):
        send(secret, said)
    assert not MomentSeen.objects.exists()
    assert send(secret, said).status_code == 202
    assert MomentSeen.objects.count() == MomentCame.objects.count() == 1


def test_a_key_with_another_body_is_refused(world: World, secret: str) -> None:
    send(secret, about(world))
    assert send(secret, about(world)).status_code == 409


@pytest.mark.parametrize("person", ["nobody@example.org", "p-999999", "Joan Okafor", "p-x"])
def test_unknown_people_are_answered_like_known_ones(
    world: World, secret: str, person: str
) -> None:
    known = send(secret, about(world), key="known")
    unknown = send(secret, about(world, person), key="unknown")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert MomentSeen.objects.count() == 1


def test_so_is_who_asked_to_be_left_alone(world: World, secret: str) -> None:
    said = about(world)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    assert send(secret, said).status_code == 202
    assert not MomentSeen.objects.exists()


def test_nobody_of_another_initiative_is_noticed(world: World, secret: str) -> None:
    said = about(world)
    there = initiatives.start_initiative(
        world.workspace, title="Other", target="Else", by=world.owner, at=NOW
    )
    (kim,) = [
        initiatives.put_on(there, world.sam.person, held_by=world.owner, by=world.owner, at=NOW)
    ]
    send(secret, {**said, "person": f"p-{kim.pk}"})
    assert not MomentSeen.objects.exists()


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6)])
def test_a_clock_that_is_wrong_is_refused(world: World, secret: str, off: timedelta) -> None:
    assert send(secret, about(world), at=LATER + off).status_code == 401
    assert MomentDoor.objects.get().refused_why == "time"


def test_another_secret_is_refused_as_an_unknown_address_is(world: World, secret: str) -> None:
    other = "whsec_" + "A" * 43 + "="
    there = send(other, about(world))
    nowhere = Client().post(reverse("practice:came", args=["nowhere"]), b"{}", "application/json")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert there.status_code == 401


def test_what_is_too_long_is_not_read(world: World, secret: str) -> None:
    assert send(secret, b'"' + b"x" * 70_000 + b'"').status_code == 413
    assert not MomentCame.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        b'{"moment": true, "person": "p-1"}',
        b"{}",
        rb'{"moment": 1, "person": "\ud800@example.org"}',
        rb'{"moment": 1, "person": "joan\u0000@example.org"}',
    ],
)
def test_what_is_written_otherwise_is_noted_without_its_words(
    world: World, secret: str, body: bytes
) -> None:
    assert send(secret, body).status_code == 202
    came = MomentCame.objects.get()
    assert (came.state, came.body, came.can_go_again) == ("refused", "", False)


def test_no_word_beside_moment_and_person_is_kept(world: World, secret: str) -> None:
    send(secret, {**about(world), "note": "She cried on Friday"})
    assert "Friday" not in MomentCame.objects.get().body


def test_more_than_sixty_a_minute_wait(world: World, secret: str) -> None:
    said = about(world)
    with patch.object(moment_doors, "IN_A_MINUTE", 1):
        assert send(secret, said).status_code == 202
        slow = send(secret, said, key="m2")
    assert (slow.status_code, slow.headers["Retry-After"]) == (429, "60")


def test_a_lead_does_it_again_by_hand(world: World, secret: str) -> None:
    said = about(world)
    moments.watch_no_more(world.joan, None, at=NOW)
    send(secret, said)
    came = MomentCame.objects.get()
    moments.watch_again(world.joan, None, at=LATER)
    client = Client()
    client.force_login(world.lead)
    client.post(reverse("practice:came_again", args=[came.pk]))
    assert MomentSeen.objects.get().participation == world.joan


def test_the_secret_is_shown_once(world: World) -> None:
    client = Client()
    client.force_login(world.lead)
    page = reverse("practice:moment_door", args=[world.initiative.pk])
    begun = client.post(reverse("practice:begin_door", args=[world.initiative.pk]))
    assert b"whsec_" in begun.content
    assert b"whsec_" not in client.get(page).content


def test_of_two_who_begin_it_at_once_the_second_is_told(world: World, secret: str) -> None:
    with pytest.raises(DoorTurned):
        moment_doors.begin_moment_door(world.initiative, by=world.co_lead, at=LATER)
    assert MomentDoor.objects.count() == 1


def test_closed_it_takes_nothing(world: World, secret: str) -> None:
    client = Client()
    client.force_login(world.lead)
    client.post(reverse("practice:close_door", args=[world.initiative.pk]))
    assert send(secret, about(world)).status_code == 401
