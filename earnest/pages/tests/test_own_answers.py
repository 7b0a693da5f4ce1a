"""Answering without an account: by one's own link, one tap, changed and called off again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.utils.timezone import localtime, now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.listening import actions
from earnest.listening.models import Ask, Conversation, Invitation, Referral
from earnest.listening.tests.asked import DAY, an_ask, invite, times_of
from earnest.pages.tests.own import opened
from tests.worlds import World

State = Invitation.State


def soon(days: int = 3) -> datetime:
    """A whole hour some days from now."""
    return now().replace(minute=0, second=0, microsecond=0) + days * DAY


def asked_of(world: World, client: Client, **fields: Any) -> tuple[Invitation, str]:
    """An invitation, and the address of its page, opened."""
    invitation = invite(world, world.joan, at=now(), times=(soon(), soon(4)), **fields)
    return invitation, f"{opened(client, world.joan)}asked/{invitation.pk}/"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_page_says_who_asks_for_what_and_why_them(client: Client, world: World) -> None:
    world.initiative.decided = "one intake"
    world.initiative.still_open = "the weekend"
    world.initiative.save()
    _invitation, address = asked_of(world, client)
    page = text(client, address)
    for words in (
        "Lead Lead",
        "One intake",
        "Could I have 15 minutes for your input?",
        "What makes Fridays hard",
        "You run the only desk that is never late",
        "You see the draft first",
        "Already decided: one intake",
        "Still open: the weekend",
        "I will answer in writing",
        "Ask someone else",
        "No, thank you",
        "Never for appraisal",
        "6 months",
        "Amsterdam time",
    ):
        assert words in page, words


def test_a_link_in_a_mail_leads_to_its_page_and_keeps_the_time(
    client: Client, world: World
) -> None:
    invitation = invite(world, world.joan, at=now(), times=(soon(), soon(4)))
    second = times_of(invitation)[1]
    secret = initiatives.make_link(world.joan, by=None, at=now())
    answer = client.get(f"/p/{secret}/asked/{invitation.pk}/?time={second.pk}")
    own = f"/mine/{world.joan.pk}/"
    assert answer.headers["Location"] == f"{own}asked/{invitation.pk}/?time={second.pk}"
    assert answer.cookies["mine"]["path"] == own
    page = text(client, answer.headers["Location"])
    first = times_of(invitation)[0]
    assert page.index(f"time/{second.pk}/") < page.index(f"time/{first.pk}/")
    invitation.refresh_from_db()
    assert invitation.state == State.SENT


@pytest.mark.parametrize(
    "to", ["nothing", "asked/x", "asked/../../..", "/evil.example", "../2", "asked//"]
)
def test_a_link_to_anything_else_leads_to_their_page(client: Client, world: World, to: str) -> None:
    secret = initiatives.make_link(world.joan, by=None, at=now())
    answer = client.get(f"/p/{secret}/{to}/")
    assert answer.headers.get("Location", "") in {f"/mine/{world.joan.pk}/", ""}
    assert answer.status_code in {302, 404}


def test_the_secret_of_a_longer_link_stands_in_no_log() -> None:
    from earnest.core.logs import without_secrets  # noqa: PLC0415

    said = without_secrets('"GET /p/the-secret/asked/12/?time=7" 404')
    assert "the-secret" not in said
    assert "/asked/12/" in said
    assert "the-secret" not in without_secrets("?next=%2Fp%2Fthe-secret%2Fasked%2F12%2F")


def test_one_tap_agrees_and_the_page_shows_it(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    first, _second = times_of(invitation)
    answer = client.post(f"{address}time/{first.pk}/", follow=True)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.time) == (State.ACCEPTED, first)
    page = answer.content.decode()
    assert "Agreed. It is written down" in page
    assert "Add to calendar" in page
    event = invitation.events.last()
    assert event
    assert event.by_person


def test_the_calendar_file_can_be_taken_along(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    assert client.get(f"{address}calendar/").headers["Location"] == address
    client.post(f"{address}time/{times_of(invitation)[0].pk}/")
    answer = client.get(f"{address}calendar/")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    [event] = icalendar.Calendar.from_ical(answer.content.decode()).walk("VEVENT")
    assert event["ATTENDEE"] == "mailto:joan@example.org"
    assert "[[" not in answer.content.decode()


def test_who_comes_second_is_told_and_sees_what_is_free(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    first, second = times_of(invitation)
    other = invite(world, world.sam, invitation.ask, at=now())
    actions.choose_time(other, first, by=None, at=now())
    page = client.post(f"{address}time/{first.pk}/", follow=True).content.decode()
    assert "Somebody took that time a moment before" in page
    assert f"time/{second.pk}/" in page
    assert f"time/{first.pk}/" not in page


def test_another_time_in_their_own_zone(client: Client, world: World) -> None:
    world.joan.person.time_zone = "America/New_York"
    world.joan.person.save()
    invitation, address = asked_of(world, client)
    day = soon(8).date()
    client.post(f"{address}another-time/", {"day": day.isoformat(), "hour": "09:30"})
    invitation.refresh_from_db()
    assert invitation.state == State.PROPOSED
    assert invitation.wanted_at
    there = localtime(invitation.wanted_at, ZoneInfo("America/New_York"))
    assert (there.date(), there.hour, there.minute) == (day, 9, 30)
    assert "You asked for another time" in text(client, address)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "A day, or a few words"),
        ({"hour": "10:00"}, "Which day?"),
        ({"day": "2020-01-01", "hour": "10:00"}, "That time is over"),
        ({"day": "2020-01-01"}, "That day is over"),
        ({"day": "soon"}, "That is not a date"),
        ({"hour": "ten", "words": "mornings"}, "That is not a time"),
    ],
)
def test_a_time_that_cannot_be_meant_is_said_beside_the_field(
    client: Client, world: World, sent: dict[str, str], says: str
) -> None:
    invitation, address = asked_of(world, client)
    answer = client.post(f"{address}another-time/", sent)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    invitation.refresh_from_db()
    assert invitation.state == State.SENT


def test_one_line_in_writing(client: Client, world: World) -> None:
    _invitation, address = asked_of(world, client)
    wrong = client.post(f"{address}written/", {"text": " "})
    assert "Write a line" in wrong.content.decode()
    page = client.post(f"{address}written/", {"text": "The zebra form."}, follow=True)
    client.post(f"{address}written/", {"text": "The zebra form."})
    talk = Conversation.objects.get()
    assert (talk.form, talk.notes, talk.by) == ("written", "The zebra form.", world.lead)
    assert "The zebra form." in page.content.decode()
    assert "The zebra form." in text(client, f"/mine/{world.joan.pk}/")


def test_somebody_else_and_why(client: Client, world: World) -> None:
    _invitation, address = asked_of(world, client)
    wrong = client.post(f"{address}someone-else/", {"why": "knows it"})
    assert "knows it" in wrong.content.decode()
    client.post(f"{address}someone-else/", {"name": "Ann", "why": "knows it"})
    assert Referral.objects.get().named_by == world.joan
    assert "You named somebody else" in text(client, address)


def test_no_needs_no_reason_and_may_be_taken_back(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    client.post(f"{address}no/", {})
    assert "A no is welcome" in text(client, address)
    client.post(f"{address}time/{times_of(invitation)[0].pk}/")
    invitation.refresh_from_db()
    assert invitation.state == State.ACCEPTED


def test_called_off_and_agreed_anew(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    client.post(f"{address}time/{times_of(invitation)[0].pk}/")
    client.post(f"{address}cancelled/", {"reason": "a late shift"})
    assert "It is called off" in text(client, address)
    page = client.post(f"{address}cancelled/", follow=True).content.decode()
    assert "Called off" in page
    client.post(f"{address}time/{times_of(invitation)[1].pk}/")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.sequence) == (State.ACCEPTED, 2)


@pytest.mark.parametrize(
    ("state", "says", "answers"),
    [
        (State.LAPSED, "It is not too late", True),
        (State.WITHDRAWN, "It was taken back", False),
        (State.HELD, "It took place", False),
    ],
)
def test_late_is_welcome_and_over_is_over(
    client: Client, world: World, state: str, says: str, *, answers: bool
) -> None:
    invitation, address = asked_of(world, client)
    Invitation.objects.filter(pk=invitation.pk).update(state=state)
    page = text(client, address)
    assert says in page
    assert (f"{address}no/" in page) is answers
    client.post(f"{address}no/")
    invitation.refresh_from_db()
    assert (invitation.state == State.DECLINED) is answers


def test_an_ask_without_times_asks_for_a_line_or_a_time(client: Client, world: World) -> None:
    ask = an_ask(world, at=now(), times=(), form=Ask.Form.WRITTEN)
    invitation = invite(world, world.joan, ask, at=now())
    address = f"{opened(client, world.joan)}asked/{invitation.pk}/"
    page = text(client, address)
    assert "Could you write me a line?" in page
    assert "When suits you?" not in page
    Ask.objects.update(form=Ask.Form.ONE_TO_ONE)
    assert "Name one that suits you" in text(client, address)


def test_what_waits_for_its_day_is_not_there_yet(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    Invitation.objects.filter(pk=invitation.pk).update(state=State.WAITING)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}no/").status_code == 404
    assert "what makes Fridays hard" not in text(client, f"/mine/{world.joan.pk}/")


def test_what_others_were_asked_is_not_there(client: Client, world: World) -> None:
    other = invite(world, world.sam, at=now())
    own = opened(client, world.joan)
    assert client.get(f"{own}asked/{other.pk}/").status_code == 404
    mine = invite(world, world.joan, at=now(), times=(soon(),))
    elsewhere = an_ask(world, at=now(), times=(soon(),)).times.all()[0]
    assert client.post(f"{own}asked/{mine.pk}/time/{elsewhere.pk}/").status_code == 404


def test_after_a_stop_the_page_says_so_and_writes_nothing(client: Client, world: World) -> None:
    _invitation, address = asked_of(world, client)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=now())
    page = text(client, address)
    assert "You asked to be left alone" in page
    assert f"{address}no/" not in page
    client.post(f"{address}written/", {"text": "The zebra form."})
    assert not Conversation.objects.exists()
    initiatives.take_wish_back(world.joan, Wish.NOT_THIS, at=now() + timedelta(minutes=1))
    assert f"{address}no/" in text(client, address)


def test_my_page_lists_what_was_asked(client: Client, world: World) -> None:
    invitation, address = asked_of(world, client)
    page = text(client, f"/mine/{world.joan.pk}/")
    assert "You were asked" in page
    assert f'href="{address}"' in page
    client.force_login(world.lead)
    seen = text(client, f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert f'href="/invitations/{invitation.pk}/"' in seen
    assert "Asked once." in seen
    as_them = text(client, f"/people/{world.joan.pk}/see-as/")
    assert "You were asked once." in as_them
