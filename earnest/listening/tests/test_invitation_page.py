"""The leads' page of one invitation: what happened, and an answer noted in one tap."""

from __future__ import annotations

from datetime import datetime

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.listening import actions, queries
from earnest.listening.actions import Wanted
from earnest.listening.models import Conversation, Invitation, Referral
from earnest.listening.tests.asked import DAY, happened_to, invite, times_of
from earnest.messaging.models import Contact
from earnest.people import actions as people
from tests.worlds import World

State = Invitation.State


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def soon(days: int = 3) -> datetime:
    return now().replace(minute=0, second=0, microsecond=0) + days * DAY


def asked_of(world: World) -> tuple[Invitation, str]:
    invitation = invite(world, world.joan, at=now(), times=(soon(), soon(4)))
    return invitation, f"/invitations/{invitation.pk}/"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_yes_noted_in_one_tap_is_marked_as_noted(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    first = times_of(invitation)[0]
    lead.post(f"{address}time/{first.pk}/", {"channel": "phone"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.time) == (State.ACCEPTED, first)
    page = text(lead, address)
    assert "noted by Lead Lead" in page
    assert Contact.objects.get(channel="phone").direction == "they"


def test_a_way_it_cannot_have_come_is_taken_as_in_person(lead: Client, world: World) -> None:
    _invitation, address = asked_of(world)
    lead.post(f"{address}no/", {"channel": "pigeon"})
    assert Contact.objects.get().channel == "talk"


def test_another_hour_they_agreed_to(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    wrong = lead.post(f"{address}agreed/", {"day": "2020-01-01", "hour": "10:00"})
    assert wrong.status_code == 400
    assert "That time is over" in wrong.content.decode()
    day = soon(9).date().isoformat()
    lead.post(f"{address}agreed/", {"day": day, "hour": "10:00"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.time) == (State.ACCEPTED, None)


def test_the_time_they_proposed_suits(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    actions.propose_time(invitation, Wanted(soon(6)), by=None, at=now())
    assert "would like another time" in text(lead, address)
    lead.post(f"{address}suits/")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.starts_at) == (State.ACCEPTED, soon(6))


def test_their_words_are_read_as_an_hour_or_other_times_are_offered(
    lead: Client, world: World
) -> None:
    invitation, address = asked_of(world)
    actions.propose_time(invitation, Wanted(None, "mornings"), by=None, at=now())
    missing = lead.post(f"{address}offered/", {})
    assert "Which day?" in missing.content.decode()
    day = soon(8).date().isoformat()
    lead.post(f"{address}offered/", {"1-day": day, "1-hour": "09:00", "3-day": "", "3-hour": ""})
    invitation.refresh_from_db()
    assert invitation.state == State.SENT
    assert invitation.ask.times.count() == 3
    actions.propose_time(invitation, Wanted(None, "later"), by=None, at=now())
    lead.post(f"{address}suits/", {"day": day, "hour": "15:00"})
    invitation.refresh_from_db()
    assert invitation.state == State.ACCEPTED
    accepted = invitation.events.get(kind="accepted")
    assert accepted.ours  # the hour is how we read them


def test_one_line_pasted_is_a_full_answer(lead: Client, world: World) -> None:
    _invitation, address = asked_of(world)
    assert "Paste what they wrote" in lead.post(f"{address}written/").content.decode()
    lead.post(f"{address}written/", {"text": "The zebra form.", "channel": "mail"})
    talk = Conversation.objects.get()
    assert (talk.notes, talk.form) == ("The zebra form.", "written")
    page = text(lead, address)
    assert "The zebra form." in page
    assert f"/conversations/{talk.pk}/read/" in page


MAIL = b"""From: Joan Okafor <joan@example.org>
To: Lead <lead@example.org>
Subject: Re: Could I have 15 minutes
Date: Mon, 23 Nov 2026 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

The zebra form, at the desk.

On Fri, 20 Nov 2026 at 10:00, Lead Lead <lead@example.org> wrote:
> Could I have 15 minutes for your input?
> Your page: https://localhost/p/secret/
> Lead
"""


def test_a_mail_dropped_is_what_they_wrote_above_ours(lead: Client, world: World) -> None:
    _invitation, address = asked_of(world)
    lead.post(f"{address}written/", {"file": SimpleUploadedFile("answer.eml", MAIL)})
    talk = Conversation.objects.get()
    assert (talk.notes, talk.source) == ("The zebra form, at the desk.", "answer.eml")


def reply(invitation: Invitation, partstat: str, attendee: str = "joan@example.org") -> bytes:
    """What a calendar sends back."""
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("method", "REPLY")
    calendar.add("prodid", "-//Somebody//EN")
    calendar.add("version", "2.0")
    event.add("uid", queries.uid_of(invitation))
    event.add("attendee", f"mailto:{attendee}", parameters={"PARTSTAT": partstat})
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def test_a_calendar_that_declines_calls_it_off(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    actions.choose_time(invitation, times_of(invitation)[0], by=None, at=now())
    for partstat, state in (("ACCEPTED", State.ACCEPTED), ("DECLINED", State.CANCELLED)):
        file = SimpleUploadedFile("reply.ics", reply(invitation, partstat))
        lead.post(f"{address}written/", {"file": file})
        invitation.refresh_from_db()
        assert invitation.state == state
    assert not Conversation.objects.exists()


def test_a_reply_to_something_else_changes_nothing(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    actions.choose_time(invitation, times_of(invitation)[0], by=None, at=now())
    other = reply(invite(world, world.sam, at=now()), "DECLINED")
    strangers = reply(invitation, "DECLINED", "somebody@example.org")
    for content in (other, strangers):
        answer = lead.post(
            f"{address}written/", {"file": SimpleUploadedFile("reply.ics", content)}, follow=True
        )
        assert "to another invitation, or from somebody else" in answer.content.decode()
    broken = lead.post(f"{address}written/", {"file": SimpleUploadedFile("reply.ics", b"no")})
    assert "This is no answer of a calendar" in broken.content.decode()
    invitation.refresh_from_db()
    assert invitation.state == State.ACCEPTED


def test_somebody_else_and_no_and_why(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    lead.post(f"{address}someone-else/", {"name": "Ann", "why": "keeps the list"})
    assert Referral.objects.get().name == "Ann"
    page = text(lead, address)
    assert "<strong>Ann</strong>: <q>keeps the list</q>" in page
    people = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    assert f'<a href="{people}">on the page of Joan' in page
    lead.post(f"{address}no/", {"reason": "Not before the move"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == (State.DECLINED, "Not before the move")
    assert "Not before the move" in text(lead, address)


def test_moved_or_called_off_by_us_is_said_to_be_ours(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    actions.choose_time(invitation, times_of(invitation)[0], by=None, at=now())
    lead.post(f"{address}moved/", {"day": soon(12).date().isoformat(), "hour": "10:00"})
    lead.post(f"{address}cancelled/", {"whose": "ours", "reason": "The board meets"})
    assert happened_to(invitation) == ["accepted", "rescheduled", "cancelled"]
    so_far = queries.asked_so_far(queries.invitations_of(world.joan))
    assert (so_far.moved, so_far.called_off, so_far.by_us) == (0, 0, 2)


def test_it_took_place_leads_to_the_notes(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    lead.post(f"{address}held/")
    page = text(lead, address)
    assert f"?with={world.joan.pk}" in page
    notes = actions.Notes("Talked.", now().date(), [world.joan])
    talk = actions.note_conversation(world.initiative, notes, by=world.lead, at=now())
    invitation.refresh_from_db()
    assert invitation.conversation == talk
    assert f"/conversations/{talk.pk}/" in text(lead, address)


def test_it_did_not_take_place_only_after_its_hour(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    actions.choose_time(invitation, times_of(invitation)[0], by=None, at=now())
    assert "not-held/" not in text(lead, address)
    Invitation.objects.filter(pk=invitation.pk).update(starts_at=now() - DAY)
    assert "not-held/" in text(lead, address)
    lead.post(f"{address}not-held/")
    invitation.refresh_from_db()
    assert invitation.state == State.NOT_HELD


def test_the_history_keeps_moves_silence_and_absence_apart(lead: Client, world: World) -> None:
    at = now()
    moved = invite(world, world.joan, at=at - 40 * DAY, times=(soon(), soon(4)))
    for one in times_of(moved):
        actions.choose_time(moved, one, by=None, at=at - 39 * DAY)
    silent = invite(world, world.joan, at=at - 30 * DAY)
    actions.lapse(silent, at=at - 20 * DAY)
    away = invite(world, world.joan, at=at - 10 * DAY)
    first, last = (at - 9 * DAY).date(), (at - 2 * DAY).date()
    people.note_away(world.joan.person, first_day=first, last_day=last, by=None, at=at)
    actions.lapse(away, at=at)
    page = text(lead, f"/invitations/{away.pk}/")
    assert "Asked 3 times: moved once, no answer once, away once: not counted." in page
    assert "Information, not blame" in page


def test_after_a_stop_the_lead_is_told_and_nothing_is_written(lead: Client, world: World) -> None:
    _invitation, address = asked_of(world)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=now())
    page = lead.post(f"{address}written/", {"text": "The zebra form."}, follow=True)
    assert "Joan asked to be left alone" in page.content.decode()
    assert not Conversation.objects.exists()


def test_the_lead_takes_the_file_along(lead: Client, world: World) -> None:
    invitation, address = asked_of(world)
    assert lead.get(f"{address}calendar/").headers["Location"] == address
    actions.choose_time(invitation, times_of(invitation)[0], by=None, at=now())
    answer = lead.get(f"{address}calendar/")
    assert answer.headers["Content-Type"].startswith("text/calendar")


@pytest.mark.parametrize("state", Invitation.State)
def test_an_invitation_is_either_over_or_can_be_answered_once_it_is_sent(
    state: Invitation.State,
) -> None:
    one = Invitation(state=state)
    waits = state == Invitation.State.WAITING
    assert (one.can_be_answered, one.is_over).count(True) == (0 if waits else 1)
    assert one.can_be_answered or not one.is_answered
