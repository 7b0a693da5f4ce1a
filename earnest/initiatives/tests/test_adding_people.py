"""Pasted names, why each is here (3.6), and taking off."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import actions
from earnest.initiatives.models import Participation
from earnest.people.models import Person
from tests.worlds import NOW, World


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def _paste(client: Client, world: World, text: str, **more: Any) -> str:
    address = f"/initiatives/{world.initiative.pk}/people/add/"
    fields = {"people": text, "held_by": world.lead.pk, **more}
    return client.post(address, fields, follow=True).content.decode()


def test_pasted_names_are_put_on_with_why_and_holder(as_lead: Client, world: World) -> None:
    text = "Piet Kuiper\n\nRhea Boone <rhea@example.org>\nSam Reyes\n"
    html = _paste(as_lead, world, text, has_data="on", held_by=world.co_lead.pk)
    assert "2 people are new here. The others were on it already." in html
    rhea = Participation.objects.get(person__email="rhea@example.org")
    assert (rhea.has_data, rhea.is_affected, rhea.held_by) == (True, False, world.co_lead)
    world.initiative.refresh_from_db()
    assert world.initiative.people_count == 4
    world.sam.refresh_from_db()
    assert world.sam.held_by == world.lead  # who is on it stays as they are


def test_a_name_pasted_twice_counts_once(as_lead: Client, world: World) -> None:
    assert "One person is new here." in _paste(as_lead, world, "Piet Kuiper\nPiet Kuiper")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write at least one name."),
        ("  \n ", "Write at least one name."),
        ("Piet Kuiper\nRhea not@", "not an e-mail address"),
        ("x" * 121, "120 characters"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_written(
    as_lead: Client, world: World, text: str, sentence: str
) -> None:
    before = Person.objects.count()
    html = _paste(as_lead, world, text)
    assert sentence in html
    assert text.strip() in html
    assert Person.objects.count() == before


def test_too_many_names_are_sent_to_the_import(as_lead: Client, world: World) -> None:
    text = "\n".join(f"Person {letter}{n}" for n in range(101) for letter in "abcdefghij")
    assert "up to 1000 go in here" in _paste(as_lead, world, text)


def test_only_a_lead_can_hold_people(as_lead: Client, world: World) -> None:
    html = _paste(as_lead, world, "Piet", held_by=world.sponsor.pk)
    assert "not one of the available choices" in html
    assert not Person.objects.filter(name="Piet").exists()


def test_why_and_holder_are_changed_in_one_form(as_lead: Client, world: World) -> None:
    address = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/why/"
    as_lead.post(address, {"can_help": "on", "held_by": world.co_lead.pk})
    world.joan.refresh_from_db()
    assert world.joan.can_help
    assert world.joan.held_by == world.co_lead
    as_lead.post(address, {"held_by": world.contributor.pk})
    world.joan.refresh_from_db()
    assert world.joan.held_by == world.co_lead


def test_taking_off_says_what_is_deleted_and_a_get_deletes_nothing(
    as_lead: Client, world: World
) -> None:
    html = as_lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/off/")
    assert "cannot be brought back" in html.content.decode()
    assert Participation.objects.filter(pk=world.joan.pk).exists()


def test_taking_off_deletes_everything_here_and_leaves_the_person(
    as_lead: Client, world: World
) -> None:
    # These lie above, so they are named here and not imported.
    rungs = apps.get_model("standing", "Rung")._default_manager
    evidence = apps.get_model("standing", "Evidence")._default_manager
    for one in (world.joan, world.sam):
        rungs.create(participation=one, initiative_id=world.initiative.pk)
        evidence.create(
            person_id=one.person_id,
            id=uuid4(),
            participation_id=one.pk,
            initiative_id=world.initiative.pk,
            at=NOW,
            kind="did",
            value=1,
            source="promise 1 kept",
        )
    as_lead.post(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/off/")
    assert not rungs.filter(participation_id=world.joan.pk).exists()
    assert list(evidence.values_list("participation_id", flat=True)) == [world.sam.pk]
    assert Person.objects.filter(pk=world.joan.person_id).exists()
    world.initiative.refresh_from_db()
    assert world.initiative.people_count == 1


def test_the_log_says_that_it_happened_and_not_of_whom(world: World) -> None:
    actions.take_off(world.joan, by=world.lead, at=NOW)
    event = Event.objects.get(action="person_taken_off")
    assert event.object_id == world.initiative.pk
    assert event.detail == {}


def test_taking_off_twice_counts_once(world: World) -> None:
    again = Participation.objects.get(pk=world.joan.pk)
    actions.take_off(world.joan, by=world.lead, at=NOW)
    actions.take_off(again, by=world.lead, at=NOW)
    world.initiative.refresh_from_db()
    assert world.initiative.people_count == 1
