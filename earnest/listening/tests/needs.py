"""Quotes and needs for tests, as a talk leaves them."""

from __future__ import annotations

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening import actions
from earnest.listening.actions import Taken
from earnest.listening.models import Conversation, Finding, Need, NeedNamed, Quote
from earnest.people import actions as people
from tests.worlds import NOW, World


def a_talk(whose: Participation) -> Conversation:
    talk = Conversation.objects.create(
        initiative=whose.initiative, by=whose.held_by, held_on=NOW.date(), noted_at=NOW
    )
    talk.people.add(whose)
    return talk


def says(whose: Participation, words: str) -> Quote:
    return Quote.objects.create(
        initiative=whose.initiative,
        participation=whose,
        words=words,
        said_on=NOW.date(),
        conversation=a_talk(whose),
    )


def needs(whose: Participation, words: str) -> NeedNamed:
    found = Finding.objects.create(
        conversation=a_talk(whose), kind="need", start=0, end=1, words=words
    )
    return actions.take_need(found, Taken(words, whose), at=NOW)


def crowd(world: World, size: int) -> list[Participation]:
    """More people on the initiative."""
    named = [people.Named(f"Person {letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:size]]
    found = people.add_people(world.workspace, named, by=world.lead, at=NOW)
    return [
        initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=NOW)
        for one in found
    ]


def counts(need: Need) -> tuple[int, int]:
    need.refresh_from_db()
    return need.people_count, need.quotes_count
