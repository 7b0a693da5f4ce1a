"""Erasing reaches what is still being written down."""

from __future__ import annotations

from uuid import uuid4

from earnest.core.models import Event
from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.actions import Written
from earnest.listening.models import Sheet
from earnest.pages import erasure
from tests.worlds import NOW, World


def write(world: World, text: str, whom: Participation) -> None:
    written = Written(uuid4(), uuid4(), 1, text, NOW)
    listening.write_sheet(world.initiative, [whom], written, by=world.lead, at=NOW)


def test_erasing_takes_a_talk_alone_whole_and_names_from_others(world: World) -> None:
    write(world, "Fridays are hard.", world.joan)
    write(world, "Joan Okafor is tired.\nThe list is long.", world.sam)
    erasure.erase_person(world.joan.person, by=world.lead, at=NOW)
    sheet = Sheet.objects.get()
    assert sheet.talk.people.get() == world.sam
    assert "Joan" not in sheet.text
    assert "tired" not in sheet.text
    assert "The list is long." in sheet.text
    assert (
        not Event.objects.filter(object_type="talk")
        .exclude(object_id=sheet.talk_id)
        .exclude(object_id=None)
    )
