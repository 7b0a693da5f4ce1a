"""The time agreed: confirmed with a file for calendars, moved, called off, held or not."""

from __future__ import annotations

import icalendar
import pytest
from django.core import mail

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.listening import actions
from earnest.listening.actions import NotAgreed, TimeOver, Wanted
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import (
    HOUR,
    TUESDAY,
    WEDNESDAY,
    happened_to,
    invite,
    record_of,
    times_of,
)
from earnest.messaging.models import Message
from tests.worlds import NOW, World

State = Invitation.State
SOON = NOW + HOUR
AFTER = TUESDAY + HOUR


def event_in(file: str) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def event_of(message: Message) -> icalendar.Event:
    return event_in(message.calendar)


def confirmations(world: World) -> list[Message]:
    return list(world.joan.messages.filter(kind="confirmation").order_by("pk"))


def agreed(world: World) -> Invitation:
    asked = invite(world, world.joan)
    actions.choose_time(asked, times_of(asked)[0], by=None, at=SOON)
    asked.refresh_from_db()
    return asked


def test_what_is_agreed_goes_to_their_calendar_in_their_own_time(world: World) -> None:
    world.joan.person.time_zone = "America/New_York"
    world.joan.person.save()
    agreed(world)
    told = confirmations(world)[-1]
    assert told.subject == "Tue 24 Nov, 04:00: what makes Fridays hard"
    assert "Tuesday 24 November 2026, 04:00 (New York time)" in told.text
    event = event_of(told)
    assert (told.calendar_method, event["SEQUENCE"], event.start) == ("REQUEST", 0, TUESDAY)
    assert event["SUMMARY"] == "15 minutes: what makes Fridays hard"


def test_every_change_keeps_the_uid_and_counts_up(world: World) -> None:
    asked = agreed(world)
    actions.choose_time(asked, times_of(asked)[1], by=None, at=SOON)
    actions.call_off(asked, by=None, at=SOON)
    actions.choose_time(asked, times_of(asked)[0], by=None, at=SOON)
    told = confirmations(world)
    events = [event_of(one) for one in told]
    assert [one.calendar_method for one in told] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    assert len({event["UID"] for event in events}) == 1
    assert [event.start for event in events] == [TUESDAY, WEDNESDAY, WEDNESDAY, TUESDAY]


def test_asking_for_another_time_takes_the_old_one_out_of_calendars(world: World) -> None:
    asked = agreed(world)
    actions.propose_time(asked, Wanted(None, "in December"), by=None, at=SOON)
    asked.refresh_from_db()
    assert (asked.state, asked.starts_at, asked.time) == (State.PROPOSED, None, None)
    assert confirmations(world)[-1].calendar_method == "CANCEL"
    assert happened_to(asked) == ["accepted", "rescheduled"]
    assert times_of(asked)[0].taken_at is None


def test_the_lead_gets_the_same_file(world: World) -> None:
    agreed(world)
    told = next(one for one in mail.outbox if one.to == [world.lead.email])
    assert told.subject == "Joan Okafor: Tue 24 Nov, 09:00"
    file = next(one for one in told.attachments)
    assert file.mimetype.startswith("text/calendar")
    assert event_in(str(file.content)).start == TUESDAY


def test_without_an_address_nothing_waits_in_the_outbox(world: World) -> None:
    asked = invite(world, world.sam)
    actions.choose_time(
        asked, times_of(asked)[0], by=world.lead, at=SOON, came=actions.Came("phone")
    )
    assert not Message.objects.exists()


def test_called_off_counts_neither_way(world: World) -> None:
    asked = agreed(world)
    actions.call_off(asked, by=None, at=SOON, reason="A late shift")
    actions.call_off(asked, by=None, at=SOON, reason="A late shift")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (State.CANCELLED, "A late shift")
    assert happened_to(asked) == ["accepted", "cancelled"]
    assert record_of(world.joan) == [("silent", "", 1)]  # the yes went with the hour


def test_called_off_by_us_is_kept_apart(world: World) -> None:
    asked = agreed(world)
    actions.call_off(asked, by=world.lead, at=SOON, reason="The board meets", ours=True)
    asked.refresh_from_db()
    assert asked.reason == ""  # why not, in *their* words
    event = asked.events.last()
    assert event
    assert (event.ours, event.words) == (True, "The board meets")


def test_after_a_stop_one_may_still_call_off_and_no_word_is_kept(world: World) -> None:
    asked = agreed(world)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=SOON)
    asked.participation.refresh_from_db()
    actions.call_off(asked, by=None, at=SOON, reason="Leave me alone")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (State.CANCELLED, "")


def test_only_what_was_agreed_is_called_off(world: World) -> None:
    with pytest.raises(NotAgreed):
        actions.call_off(invite(world, world.joan), by=None, at=SOON)


def test_who_came_to_what_they_agreed_did_it(world: World) -> None:
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    asked = agreed(world)
    actions.say_held(asked, came=True, by=world.lead, at=AFTER)
    actions.say_held(asked, came=True, by=world.lead, at=AFTER)
    asked.refresh_from_db()
    assert asked.state == State.HELD
    assert happened_to(asked) == ["accepted", "came"]
    assert record_of(world.joan)[-1] == ("did", "attended", 1)
    assert world.joan.rung.heard_at == AFTER


def test_said_otherwise_later_the_deed_is_taken_back(world: World) -> None:
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    asked = agreed(world)
    actions.say_held(asked, came=True, by=world.lead, at=AFTER)
    actions.say_held(asked, came=False, by=world.lead, at=AFTER + HOUR)
    deeds = [row for row in record_of(world.joan) if row[0] == "did"]
    assert deeds == [("did", "attended", 0)]


def test_who_cannot_see_it_is_not_said_to_have_missed_it(world: World) -> None:
    asked = agreed(world)
    actions.say_held(asked, came=False, by=world.lead, at=AFTER)
    asked.refresh_from_db()
    assert asked.state == State.NOT_HELD
    assert [row for row in record_of(world.joan) if row[0] == "did"] == []


def test_a_time_that_we_set_was_never_agreed(world: World) -> None:
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    asked = agreed(world)
    actions.move_ourselves(asked, WEDNESDAY, by=world.lead, at=SOON)
    actions.say_held(asked, came=False, by=world.lead, at=WEDNESDAY + HOUR)
    assert [row for row in record_of(world.joan) if row[0] == "did"] == []
    moved = asked.events.get(kind="rescheduled")
    assert moved.ours


def test_a_talk_without_a_time_agreed_is_heard_and_no_deed(world: World) -> None:
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    asked = invite(world, world.joan)
    actions.say_held(asked, came=True, by=world.lead, at=SOON)
    asked.refresh_from_db()
    assert asked.state == State.HELD
    assert record_of(world.joan) == [("silent", "", 1)]
    assert world.joan.rung.heard_at == SOON


def test_nothing_fails_to_take_place_before_its_hour(world: World) -> None:
    with pytest.raises(TimeOver):
        actions.say_held(agreed(world), came=False, by=world.lead, at=SOON)
    with pytest.raises(NotAgreed):
        actions.say_held(invite(world, world.sam), came=False, by=world.lead, at=AFTER)
