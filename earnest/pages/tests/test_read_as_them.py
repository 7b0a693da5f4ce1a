"""Read as them, before it is saved or sent: nothing is kept, nothing typed is lost (1.9, 4.1)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.listening import actions as listening
from earnest.listening.actions import Notes
from earnest.listening.models import BriefAnswer, Conversation, Question, Quote, Recap
from earnest.messaging.models import Message
from earnest.pages.own_forms import move_form
from earnest.promises import actions as promises
from tests.worlds import NOW, World

PRESSING = "You must get the nurses on board."


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


@pytest.fixture
def talk(world: World) -> Conversation:
    notes = Notes("Talked.", NOW.date(), [world.joan])
    found = listening.note_conversation(world.initiative, notes, by=world.lead, at=NOW)
    Quote.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        conversation=found,
        words="Fridays are full.",
        said_on=NOW.date(),
    )
    return found


def told(talk: Conversation, world: World) -> str:
    return f"/conversations/{talk.pk}/told/{world.joan.pk}/"


def test_what_is_told_back_is_read_with_the_line_of_one_s_own(
    lead: Client, world: World, talk: Conversation
) -> None:
    page = lead.post(told(talk, world), {"words": PRESSING, "look": "yes"}).text
    assert "As Joan will read it" in page
    assert PRESSING in page
    assert "Fridays are full." in page
    assert "An order leaves no choice" in page
    assert not Recap.objects.exists()
    assert not Message.objects.exists()


def test_from_there_it_is_sent_as_typed(lead: Client, world: World, talk: Conversation) -> None:
    lead.post(told(talk, world), {"words": PRESSING, "send": "yes"})
    assert Recap.objects.get().words == PRESSING


def test_from_there_one_goes_back_with_everything_typed(
    lead: Client, world: World, talk: Conversation
) -> None:
    page = lead.post(told(talk, world), {"words": PRESSING, "change": "yes"})
    assert page.status_code == 200
    assert PRESSING in page.text
    assert not Recap.objects.exists()


@pytest.fixture
def question(world: World) -> Question:
    return Question.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="Who decides?",
        asked_on=NOW.date(),
    )


def test_an_answer_is_read_as_it_will_stand_on_their_page(lead: Client, question: Question) -> None:
    address = f"/questions/{question.pk}/"
    page = lead.post(address, {"answer": PRESSING, "look": "yes"}).text
    assert "On Joan’s page" in page
    assert "Who decides?" in page
    assert PRESSING in page
    question.refresh_from_db()
    assert question.answered_at is None
    back = lead.post(address, {"answer": PRESSING, "change": "yes"})
    assert back.status_code == 200
    assert PRESSING in back.text
    question.refresh_from_db()
    assert question.answered_at is None
    lead.post(address, {"answer": PRESSING, "send": "yes"})
    question.refresh_from_db()
    assert question.answer == PRESSING


def test_their_page_is_shown_in_their_language(
    lead: Client, world: World, question: Question
) -> None:
    world.joan.person.time_zone = "Pacific/Auckland"
    world.joan.person.save()
    page = lead.post(f"/questions/{question.pk}/", {"answer": "Ann.", "look": "yes"})
    assert page.status_code == 200


def test_what_is_noted_before_asking_is_read_as_them_first(lead: Client, world: World) -> None:
    address = f"/people/{world.joan.pk}/brief/"
    typed = {
        "pressure-words": "The audit",
        "pressure-source": "colleague",
        "pressure-where": "Sam",
        "helps-words": PRESSING,
    }
    page = lead.post(address, {**typed, "look": "yes"}).text
    assert "As Joan will read it" in page
    assert "The audit" in page
    assert "An order leaves no choice" in page
    assert not BriefAnswer.objects.exists()
    back = lead.post(address, {**typed, "change": "yes"})
    assert back.status_code == 200
    assert PRESSING in back.text
    lead.post(address, {**typed, "send": "yes"})
    assert BriefAnswer.objects.count() == 2


def test_an_ask_shows_how_it_may_sound(lead: Client, world: World) -> None:
    address = f"/people/{world.joan.pk}/ask/"
    page = lead.get(address).text
    assert page.count('class="hints"') >= 3
    typed = {
        "kind": "input",
        "minutes": "15",
        "about": "Why you must agree",
        "why_you": "You know",
        "gets": "The draft",
        "form": "written",
        "answer_by": "2099-01-01",
    }
    assert "An order leaves no choice" in lead.post(address, typed).text


def test_what_they_type_themselves_gets_no_hint(world: World, client: Client) -> None:
    draft = promises.Draft("bring the list", "theirs", due=NOW.date())
    promise = promises.make_promise(world.joan, draft, by=world.lead, at=NOW)
    form = move_form(promise, today=NOW.date(), data={"due": "2026-01-01", "why": PRESSING})
    assert "hints" not in str(form)
