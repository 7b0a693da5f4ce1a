"""What people write themselves: nobody takes it for them, and a lead reads it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from earnest.initiatives import actions as initiatives
from earnest.listening import actions
from earnest.listening.actions.written import lines_of
from earnest.listening.models import Conversation, Question, Quote
from earnest.messaging.models import Contact
from earnest.people.models import Person
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World

TEXT = "Fridays are hard.\nThe printer too.\n\nWho decides about the weekend?\nThank you."


def write(world: World, text: str = TEXT, *, minutes: int = 0) -> Conversation:
    at = NOW + timedelta(minutes=minutes)
    return actions.write_in_own_hand(world.joan, text, on=NOW.date(), at=at)


def test_words_are_quotes_in_their_own_hand_and_questions_are_owed(world: World) -> None:
    talk = write(world)
    assert talk.form == Conversation.Form.WRITTEN
    assert {one.words for one in Quote.objects.filter(own_hand=True)} == {
        "Fridays are hard.\nThe printer too.",
        "Thank you.",
    }
    question = Question.objects.get()
    assert question.words == "Who decides about the weekend?"
    assert question.start is not None
    assert talk.notes[question.start : question.end] == question.words
    assert not talk.findings.exists()


@given(st.text(alphabet="ab?.\n\r ", max_size=60))
def test_every_word_is_kept_once_in_its_place(text: str) -> None:
    spans = [span for span, _asks in lines_of(text)]
    assert spans == sorted(spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert kept.split() == text.split() or "".join(kept.split()) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


def test_it_is_a_deed_a_word_from_them_and_ends_their_rest(world: World) -> None:
    Person.objects.update(left_alone_until=NOW + timedelta(days=9))
    write(world)
    assert [(row.kind, row.value, row.item) for row in Evidence.objects.all()] == [
        ("did", 1, "contributed")
    ]
    assert Contact.objects.get().direction == "they"
    assert Person.objects.get(pk=world.joan.person_id).left_alone_until is None
    assert Rung.objects.get(pk=world.joan.pk).heard_at == NOW


def test_sent_twice_is_once_and_the_same_words_later_are_new(world: World) -> None:
    first = write(world)
    assert write(world) == first
    assert write(world, minutes=5) != first
    assert Conversation.objects.count() == 2


def test_after_a_stop_they_may_write_and_the_stop_stays(world: World) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    write(world)
    world.joan.refresh_from_db()
    assert Quote.objects.filter(own_hand=True).exists()
    assert world.joan.stopped_at == NOW


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def test_a_lead_reads_it_with_one_tap(lead: Client, world: World) -> None:
    talk = write(world)
    page = lead.get(f"/conversations/{talk.pk}/").content.decode()
    assert "Fridays are hard." in page
    assert f"/conversations/{talk.pk}/read/" in page
    assert lead.post(f"/conversations/{talk.pk}/read/").status_code == 302
    talk.refresh_from_db()
    assert talk.read_at is not None
    assert (
        f"/conversations/{talk.pk}/read/"
        not in lead.get(f"/conversations/{talk.pk}/").content.decode()
    )


def test_only_what_they_wrote_themselves_is_to_be_read(lead: Client, world: World) -> None:
    notes = actions.Notes("Talked.", NOW.date(), people=[world.joan])
    talk = actions.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    lead.post(f"/conversations/{talk.pk}/read/")
    talk.refresh_from_db()
    assert talk.read_at is None


def test_to_ask_something_is_no_input_yet(world: World) -> None:
    write(world, "Who decides about the weekend?")
    assert not Evidence.objects.filter(kind="did").exists()
    assert Rung.objects.get(pk=world.joan.pk).step == "unheard"
