"""Who is erased is in nothing that other systems sent, however it was spelled there."""

from __future__ import annotations

import json

import pytest

from earnest.core.signed import Signed, digest_of
from earnest.pages.erasure import erase_person
from earnest.people.models import Person
from earnest.pilots import actions
from earnest.pilots.models import ReadingCame, ReadingDoor
from earnest.pilots.tests.piloted import DAY, a_running_pilot
from earnest.practice.actions import moment_doors
from earnest.practice.models import MomentCame, MomentDoor
from earnest.practice.tests.moments import a_moment
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def jorg(world: World) -> Person:
    Person.objects.filter(pk=world.joan.person_id).update(
        name="Jörg Müller", email="jörg@example.org"
    )
    person = world.joan.person
    person.refresh_from_db()
    return person


def a_moment_came(world: World, person: str) -> MomentCame:
    moment_doors.begin_moment_door(world.initiative, by=world.lead, at=NOW)
    moment = a_moment(world, how="hook", participation=world.sam)  # not for whom it names
    body = json.dumps({"moment": moment.pk, "person": person}).encode()
    door = MomentDoor.objects.get()
    return moment_doors.receive(door, Signed("one", body, digest_of(body)), at=NOW)


def readings_came(world: World, body: str) -> ReadingCame:
    measure = a_running_pilot(world).measures.get()
    actions.open_reading_door(measure, by=world.lead, at=NOW)
    door = ReadingDoor.objects.get()
    return ReadingCame.objects.create(door=door, key="one", digest="x", body=body, at=NOW)


def body_after(came: MomentCame | ReadingCame, person: Person) -> str:
    erase_person(person, by=None, at=NOW)
    came.refresh_from_db()
    return came.body


def test_an_address_with_an_umlaut_goes(world: World, jorg: Person) -> None:
    came = a_moment_came(world, "jörg@example.org")
    assert "jörg" in came.body  # as it is spelled, so that it is found
    assert json.loads(body_after(came, jorg))["person"] == "[erased]"


def test_so_does_one_that_was_kept_escaped(world: World, jorg: Person) -> None:
    came = a_moment_came(world, "jörg@example.org")
    MomentCame.objects.update(body='{"moment": 1, "person": "j\\u00f6rg@example.org"}')
    assert json.loads(body_after(came, jorg))["person"] == "[erased]"


@pytest.mark.parametrize("noughts", ["", "0", "000"])
def test_a_key_goes_with_noughts_or_without(world: World, noughts: str) -> None:
    came = a_moment_came(world, f"p-{noughts}{world.joan.pk}")
    assert body_after(came, world.joan.person) == ""


def test_the_key_of_somebody_else_stays(world: World) -> None:
    came = a_moment_came(world, f"p-{world.joan.pk}1")
    assert body_after(came, world.joan.person) == came.body != ""


def test_a_name_goes_out_of_the_note_of_a_reading(world: World, jorg: Person) -> None:
    sent = {"readings": [{"on": str(DAY), "value": 5.5, "note": "counted by Jörg Müller"}]}
    came = readings_came(world, json.dumps(sent))
    sent["readings"][0]["note"] = "counted by [erased]"
    assert json.loads(body_after(came, jorg)) == sent


def test_what_is_no_json_and_names_them_goes_as_a_whole(world: World, jorg: Person) -> None:
    came = readings_came(world, '{"note": "counted by J\\u00f6rg M\\u00fcller"')
    assert body_after(came, jorg) == ""


def test_what_names_nobody_stays_as_it_was_sent(world: World, jorg: Person) -> None:
    body = '{"on":"2026-11-20",  "value": 5.50, "note": "M\\u00fcnchen"}'
    assert body_after(readings_came(world, body), jorg) == body
