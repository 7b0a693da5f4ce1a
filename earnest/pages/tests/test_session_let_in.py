"""What is said on a phone that a lead let in is nobody's own word until its person says yes (4.6)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from earnest.core.models import Event
from earnest.ideas.access.sessions import token_of_session
from earnest.ideas.actions import sessions
from earnest.ideas.models import Phase, Seat, Session
from earnest.ideas.tests.sat import a_session, go_to, voice_of
from earnest.messaging.models import Message
from earnest.pages.actions.sessions import Taking, move_on, take_on
from earnest.pages.sweeps import end_left_sessions
from earnest.pages.tests.own import opened
from earnest.people.models import Person
from earnest.promises.models import Promise
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def at_the_last_step(world: World, *, at: datetime = NOW) -> Session:
    return go_to(a_session(world, at=at), Phase.WHO, world, at=at)


def noted(
    world: World, session: Session, words: str = "Bring the list", *, own: bool = False
) -> None:
    """On a phone let in as Joan, or by her own link."""
    voice = voice_of(session, world.joan)
    taking = Taking(words, (NOW + timedelta(days=3)).date())
    take_on(session, voice, taking, noted_by=None if own else world.lead, at=NOW)


def end(world: World, session: Session) -> bool:
    return move_on(session, Phase.OVER, turn=session.turn, by=world.lead, at=NOW)


def test_at_the_end_they_are_mailed_once_what_waits_for_their_yes(world: World) -> None:
    session = at_the_last_step(world)
    noted(world, session)
    noted(world, session, "Ask the night shift")
    assert not Message.objects.exists()
    turn = session.turn
    assert end(world, session)
    assert not move_on(session, Phase.OVER, turn=turn, by=world.lead, at=NOW)
    mail = Message.objects.get()
    assert (mail.participation, mail.kind) == (world.joan, Message.Kind.CONFIRMATION)
    for words in ("Bring the list", "Ask the night shift", "let a phone in as you", "[[page]]"):
        assert words in mail.text
    assert "Bring the list" in mail.html


def test_however_often_they_were_asked_it_is_no_ask(world: World) -> None:
    much_later = NOW + timedelta(days=90)
    Person.objects.filter(pk=world.joan.person_id).update(
        asked_enough_until=much_later, left_alone_until=much_later
    )
    session = at_the_last_step(world)
    noted(world, session)
    end(world, session)
    assert Message.objects.exists()


def test_their_own_word_is_not_told_back_to_them(world: World) -> None:
    session = at_the_last_step(world)
    noted(world, session, own=True)
    end(world, session)
    assert not Message.objects.exists()


def test_who_said_stop_meanwhile_gets_nothing_and_the_others_theirs(world: World) -> None:
    session = at_the_last_step(world)
    noted(world, session)
    taking = Taking("Ask the night shift", (NOW + timedelta(days=3)).date())
    take_on(session, voice_of(session, world.sam), taking, noted_by=world.lead, at=NOW)
    world.joan.stopped_at = NOW
    world.joan.save()
    assert end(world, session)
    assert [one.participation for one in Message.objects.all()] == [world.sam]


def test_left_open_for_hours_it_ends_and_they_are_told(world: World) -> None:
    session = at_the_last_step(world)
    noted(world, session)
    assert end_left_sessions(at=NOW + timedelta(hours=2)) == 0
    assert end_left_sessions(at=NOW + timedelta(hours=4)) == 1
    session.refresh_from_db()
    assert session.is_over
    assert Message.objects.get().by == world.lead


def test_there_by_their_own_link_another_phone_let_in_as_them_is_still_noted(
    client: Client, world: World
) -> None:
    """Or whoever holds that phone could give their word for them."""
    session = at_the_last_step(world, at=now())
    sessions.sit(session, voice_of(session, world.joan))
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}knock/", {"name": "Joan Okafor"})
    sessions.let_in(session.knocks.get(), world.joan, by=world.lead, at=now())
    due = (now() + timedelta(days=3)).date().isoformat()
    client.post(f"{room}tries/", {"words": "Bring the list", "due": due})
    assert Promise.objects.get().confirmed_at is None
    own = Client()
    here = f"{opened(own, world.joan)}spaces/{session.space_id}/sessions/{session.pk}/"
    own.post(f"{here}tries/", {"words": "By my own hand", "due": due})
    assert Promise.objects.get(words="By my own hand").confirmed_at is not None


def test_when_who_let_them_in_is_gone_it_is_not_their_own_word_either(
    client: Client, world: World
) -> None:
    session = at_the_last_step(world, at=now())
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}knock/", {"name": "Joan Okafor"})
    sessions.let_in(session.knocks.get(), world.joan, by=world.co_lead, at=now())
    Seat.objects.update(let_in_by=None)
    due = (now() + timedelta(days=3)).date().isoformat()
    client.post(f"{room}tries/", {"words": "Bring the list", "due": due})
    promise = Promise.objects.get()
    assert (promise.by, promise.confirmed_at) == (world.lead, None)


def test_on_a_phone_let_in_as_them_nobody_reads_what_they_wrote_by_their_own_link(
    client: Client, world: World
) -> None:
    """Or a lead, letting in a phone of their own, would read and strike what is for nobody's eyes."""
    session = go_to(a_session(world, at=now()), Phase.ALONE, world, at=now())
    sessions.jot(session, voice_of(session, world.joan), "Feed the wombat", at=now())
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}knock/", {"name": "Joan Okafor"})
    sessions.let_in(session.knocks.get(), world.joan, by=world.lead, at=now())
    client.post(f"{room}ideas/", {"words": "Feed the heron"})
    page = client.get(room).text
    assert "heron" in page
    assert "wombat" not in page
    mine = session.jottings.get(words="Feed the wombat")
    assert client.post(f"{room}own/{mine.pk}/removed/").status_code == 404
    own = Client()
    here = f"{opened(own, world.joan)}spaces/{session.space_id}/sessions/{session.pk}/"
    assert "wombat" in own.get(here).text
    assert "heron" in own.get(here).text


def test_at_the_end_the_phone_shows_what_came_out_and_takes_nothing_more(
    client: Client, world: World
) -> None:
    session = at_the_last_step(world, at=now())
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}knock/", {"name": "Joan Okafor"})
    sessions.let_in(session.knocks.get(), world.joan, by=world.lead, at=now())
    due = (now() + timedelta(days=3)).date().isoformat()
    client.post(f"{room}tries/", {"words": "Bring the list", "due": due})
    assert move_on(session, Phase.OVER, turn=session.turn, by=world.lead, at=now())
    page = client.get(room).content.decode()
    for words in ("That was it", "Bring the list", "waits for your yes"):
        assert words in page
    client.post(f"{room}tries/", {"words": "One more", "due": due})
    assert Promise.objects.count() == 1
    end_left_sessions(at=now() + timedelta(hours=2))
    assert "Bring the list" not in client.get(room).content.decode()


def test_the_log_says_who_let_a_phone_in_and_not_that_they_came_by_themselves(
    world: World,
) -> None:
    session = at_the_last_step(world)
    knocked = sessions.knock(session, "of a phone", "Joan Okafor")
    sessions.let_in(knocked, world.joan, by=world.lead, at=NOW)
    assert Event.objects.get(action="voice_raised").actor_id == world.lead.pk
    voice_of(session, world.sam)
    assert Event.objects.filter(action="voice_raised", actor_id=None).count() == 1
