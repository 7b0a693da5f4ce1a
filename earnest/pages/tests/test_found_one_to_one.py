"""What is found in a talk of two: whose it is stands there already, and no name twice."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.listening import actions as listening
from earnest.listening.actions import Notes, Taken
from earnest.listening.models import Conversation, Finding
from earnest.pages.tests.own import finding
from tests.worlds import World

WORDS = "Bettina Kraus, she knows reception."


def talk_with(world: World, *people: object) -> Conversation:
    notes = Notes(f"< I send the draft by Friday.\n{WORDS}", now().date(), list(people))  # type: ignore[arg-type]
    return listening.note_conversation(world.initiative, notes, by=world.lead, at=now())


def whose(client: Client, world: World, conversation: Conversation) -> set[str]:
    client.force_login(world.lead)
    review = client.get(f"/conversations/{conversation.pk}/found/").context["review"]
    return {form["who"].value() or "" for form in [*review.findings, review.own]}


def test_with_one_there_it_is_theirs(client: Client, world: World) -> None:
    conversation = talk_with(world, world.joan)
    finding(conversation, Finding.Kind.IDEA, "draft")
    assert whose(client, world, conversation) == {"Joan Okafor"}


def test_with_two_there_it_is_left_to_say(client: Client, world: World) -> None:
    conversation = talk_with(world, world.joan, world.sam)
    finding(conversation, Finding.Kind.IDEA, "draft")
    assert "" in whose(client, world, conversation)


def test_who_else_to_speak_with_is_not_named_twice(world: World) -> None:
    conversation = talk_with(world, world.joan)
    found = finding(conversation, Finding.Kind.REFERRAL, WORDS)
    taken = Taken(WORDS, world.joan)
    made = listening.take_referral(found, taken, name="Bettina Kraus", at=now())
    assert made.why == "she knows reception."
    other = listening.take_referral(found, Taken("Ann keeps it", world.joan), name="Ann", at=now())
    assert other.why == "Ann keeps it"


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("I send him the draft", "I send you the draft"),
        ("I give her the list", "I give you the list"),
        ("I read her report", "I read her report"),
    ],
)
def test_a_promise_is_proposed_as_one_says_it_to_them(
    client: Client, world: World, noted: str, said: str
) -> None:
    notes = Notes(f"< {noted}", now().date(), [world.joan])
    talk = listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    client.force_login(world.lead)
    review = client.get(f"/conversations/{talk.pk}/found/").context["review"]
    [form] = review.findings
    assert str(form["words"].value()).startswith(said)
