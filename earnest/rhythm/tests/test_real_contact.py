"""What counts as a real contact: talks and replies either way, never our own pushes (3.14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.models import Conversation
from earnest.messaging import actions
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def last(world: World) -> datetime | None:
    return Participation.objects.get(pk=world.joan.pk).last_contact_at


def handed_over(world: World, kind: str) -> None:
    draft = actions.Draft(kind, "A word", "Hello")
    message = actions.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    actions.hand_over(message, by=world.lead, at=NOW)


@pytest.mark.parametrize("kind", ["ask", "nudge", "check_in", "progress", "confirmation"])
def test_what_we_push_is_no_contact_until_they_say_something(world: World, kind: str) -> None:
    handed_over(world, kind)
    assert last(world) is None
    actions.note_contact(world.joan, direction="they", channel="mail", kind="answer", at=NOW)
    assert last(world) == NOW


def test_our_reply_to_what_they_said_is_one(world: World) -> None:
    handed_over(world, "reply")
    assert last(world) == NOW


def test_a_talk_noted_later_counts_from_the_day_it_was_held(world: World) -> None:
    talk = Conversation.objects.create(
        initiative=world.initiative,
        by=world.lead,
        held_on=(NOW - 9 * A_DAY).date(),
        notes="Talked.",
        noted_at=NOW,
    )
    listening.say_who_was_there(talk, [world.joan], by=world.lead, at=NOW)
    found = last(world)
    assert found is not None
    assert found.date() == (NOW - 9 * A_DAY).date()


def test_what_was_counted_otherwise_is_counted_anew(world: World) -> None:
    handed_over(world, "ask")
    actions.note_contact(
        world.joan, direction="they", channel="mail", kind="answer", at=NOW - 20 * A_DAY
    )
    Participation.objects.update(last_contact_at=NOW)
    import_module("earnest.rhythm.migrations.0005_real_contacts").count_anew(apps, None)
    assert last(world) == NOW - 20 * A_DAY
    assert Participation.objects.get(pk=world.sam.pk).last_contact_at is None
