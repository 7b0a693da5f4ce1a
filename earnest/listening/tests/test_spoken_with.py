"""A talk that was noted answers what they were asked: who spoke with us was not silent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.listening import actions, sweeps
from earnest.listening.actions import Notes
from earnest.listening.models import Conversation, Invitation
from earnest.listening.tests.asked import DAY, HOUR, happened_to, invite, record_of, times_of
from earnest.messaging.models import Contact
from earnest.people.models import Person
from tests.worlds import NOW, World

State = Invitation.State


def talked(world: World, whom: Participation, *, held: datetime, noted: datetime) -> Conversation:
    notes = Notes("We talked at length.", held.date(), [whom])
    return actions.note_conversation(world.initiative, notes, by=world.lead, at=noted)


@pytest.mark.parametrize("was", ["sent", "proposed"])
def test_a_talk_noted_the_next_day_settles_what_they_were_asked(world: World, was: str) -> None:
    asked = invite(world, world.joan)
    Invitation.objects.update(state=was)
    talk = talked(world, world.joan, held=NOW + HOUR, noted=NOW + DAY)
    sweeps.lapse_due(at=NOW + 10 * DAY)
    asked.refresh_from_db()
    assert (asked.state, asked.conversation) == (State.HELD, talk)
    assert happened_to(asked) == ["came"]
    assert record_of(world.joan) == [("silent", "", 1)]
    (contact,) = Contact.objects.all()
    assert (contact.direction, contact.channel) == ("they", "talk")
    assert contact.at.date() == NOW.date()


def test_what_was_asked_in_writing_is_answered_by_a_talk(world: World) -> None:
    asked = invite(world, world.joan, form="written", times=())
    talk = talked(world, world.joan, held=NOW, noted=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.conversation) == (State.ANSWERED, talk)
    assert record_of(world.joan) == [("silent", "", 1)]


def test_noted_after_it_lapsed_a_talk_in_time_takes_the_silence_back(world: World) -> None:
    asked = invite(world, world.joan)
    sweeps.lapse_due(at=NOW + 6 * DAY)
    assert record_of(world.joan) == [("silent", "", 0)]
    talked(world, world.joan, held=NOW + 2 * DAY, noted=NOW + 8 * DAY)
    asked.refresh_from_db()
    assert asked.state == State.HELD
    assert record_of(world.joan) == [("silent", "", 1)]


@pytest.mark.parametrize(("held", "state"), [(-DAY, State.SENT), (7 * DAY, State.LAPSED)])
def test_a_talk_before_they_were_asked_or_too_late_settles_nothing(
    world: World, held: timedelta, state: State
) -> None:
    asked = invite(world, world.joan)
    if state == State.LAPSED:
        sweeps.lapse_due(at=NOW + 6 * DAY)
    talked(world, world.joan, held=NOW + held, noted=NOW + 8 * DAY)
    asked.refresh_from_db()
    assert asked.state == state
    assert Contact.objects.filter(direction="they").count() == 1


def test_a_time_agreed_is_held_on_its_day_and_stands_where_it_is_to_come(world: World) -> None:
    asked = invite(world, world.joan)
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    tuesday = times_of(asked)[0]
    actions.choose_time(asked, tuesday, by=None, at=NOW)
    talked(world, world.joan, held=NOW, noted=NOW + HOUR)
    asked.refresh_from_db()
    assert asked.state == State.ACCEPTED
    talked(world, world.joan, held=tuesday.starts_at, noted=tuesday.starts_at + DAY)
    asked.refresh_from_db()
    assert asked.state == State.HELD
    assert ("did", "attended", 1) in record_of(world.joan)


def test_held_on_another_day_is_no_deed_at_the_hour_agreed(world: World) -> None:
    asked = invite(world, world.joan)
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    tuesday = times_of(asked)[0]
    actions.choose_time(asked, tuesday, by=None, at=NOW)
    later = tuesday.starts_at + 2 * DAY
    talked(world, world.joan, held=later, noted=later)
    asked.refresh_from_db()
    world.joan.refresh_from_db()
    assert world.joan.can_see
    assert asked.state == State.HELD
    assert ("did", "attended", 1) not in record_of(world.joan)


def test_a_talk_ends_their_rest_and_is_one_contact(world: World) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(left_alone_until=NOW + 30 * DAY)
    talked(world, world.joan, held=NOW, noted=NOW + DAY)
    assert Person.objects.get(pk=world.joan.person_id).left_alone_until is None
    assert Contact.objects.filter(direction="they", channel="talk").count() == 1


def test_noted_as_held_first_its_words_are_no_second_contact(world: World) -> None:
    asked = invite(world, world.joan)
    actions.say_held(asked, True, by=world.lead, at=NOW + HOUR)
    talk = talked(world, world.joan, held=NOW, noted=NOW + 2 * HOUR)
    asked.refresh_from_db()
    assert asked.conversation == talk
    assert Contact.objects.count() == 1


def test_an_answer_in_writing_stays_one(world: World) -> None:
    asked = invite(world, world.joan)
    actions.answer_in_writing(asked, "Fridays are hard.", by=None, at=NOW + HOUR)
    asked.refresh_from_db()
    assert asked.state == State.ANSWERED
    assert Contact.objects.count() == 1
