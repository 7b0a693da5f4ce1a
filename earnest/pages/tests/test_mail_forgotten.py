"""Mail and contacts go with the person they were with, and their words when their time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.messaging import actions, queries, sweeps
from earnest.messaging.actions import Draft
from earnest.messaging.models import Contact, Delivery, Message, Suppression
from earnest.pages import erasure
from earnest.pages.everything import everything_about
from earnest.pages.labels import readable
from earnest.pages.sweeps import keep_no_longer
from earnest.pages.tests.test_erasing import found
from earnest.people import actions as people
from tests.worlds import NOW, World

WORDS = Draft("ask", "About the aardvark", "Joan, the aardvark: [[page]]asked/1/")


def written(world: World) -> Message:
    """One that left, one that waits, one to somebody else that names her."""
    sent = actions.put_in_outbox(world.joan, WORDS, by=world.lead, at=NOW)
    sweeps.drain(at=NOW)
    reply = Draft("reply", "Okapi", "The okapi, Joan Okafor")
    actions.put_in_outbox(world.joan, reply, by=world.lead, at=NOW)
    other = Draft("ask", "Ask", "As Joan Okafor said: gazelle")
    actions.put_in_outbox(world.sam, other, by=world.lead, at=NOW)
    return sent


def test_erased_with_the_person_everywhere(world: World) -> None:
    written(world)
    erasure.erase_person(world.joan.person, by=world.lead, at=NOW)
    assert found(["joan", "okafor", "aardvark", "okapi"]) == []
    assert Message.objects.get().text.startswith("As [erased] said: gazelle")
    assert not Contact.objects.exists()
    assert not Delivery.objects.exists()
    assert not Suppression.objects.exists()
    assert (
        not Event.objects.filter(object_type="message")
        .exclude(object_id=Message.objects.get().pk)
        .exclude(object_id=None)
        .exists()
    )


def test_who_said_not_at_all_is_not_written_to_when_a_list_brings_them_back(world: World) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_AT_ALL, at=NOW)
    erasure.erase_person(world.joan.person, by=None, at=NOW)
    assert found(["joan"]) == []
    back = people.add_people(
        world.workspace, [people.Named("J.", "Joan@example.org")], by=world.lead, at=NOW
    )[0]
    again = initiatives.put_on(world.initiative, back, held_by=world.lead, by=world.lead, at=NOW)
    with pytest.raises(actions.NeverWrite) as no:
        actions.put_in_outbox(again, WORDS, by=world.lead, at=NOW)
    assert no.value.sentence == "J. asked never to be written to."


def test_their_words_go_with_the_notes_and_that_they_were_sent_stays(world: World) -> None:
    sent = written(world)
    waiting = Message.objects.get(subject="Okapi")
    Message.objects.filter(pk=waiting.pk).update(state="waiting")
    gone = keep_no_longer(at=NOW + timedelta(days=200))
    assert gone.mails == 1
    sent.refresh_from_db()
    assert (sent.subject, sent.text, sent.html) == ("erased", "erased", "")
    assert sent.state == Message.State.SENT
    waiting.refresh_from_db()
    assert waiting.text
    assert keep_no_longer(at=NOW + timedelta(days=200)).mails == 0


def test_everything_held_lists_mails_and_contacts_without_a_link(world: World) -> None:
    written(world)
    data = everything_about(world.joan, at=NOW)["initiative"]
    assert [one["title"] for one in data["mails"]] == ["Okapi", "About the aardvark"]
    assert "/p/" not in str(data["mails"])
    assert [(one["who"], one["how"]) for one in data["contacts"]] == [("from us", "mail")]
    assert readable(data)
    assert queries.messages_of(world.joan).count() == 2
