"""Of who is erased no session and no introduction keeps a word; of the others all is there (13)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas.actions import sessions
from earnest.ideas.models import Jotting, Knock, Phase, Seat, Session, Try
from earnest.ideas.queries.sessions import ideas_of, names_there
from earnest.ideas.tests.sat import a_session, go_to, voice_of
from earnest.messaging.models import Message
from earnest.pages.actions.sessions import Taking, move_on, take_on
from earnest.pages.erasure import erase_from_initiative, erase_person
from earnest.pages.queries.sessions import tries_of
from earnest.pages.tests.test_erasing import found
from earnest.rhythm.actions import introducing
from earnest.rhythm.actions.introducing import Said
from earnest.rhythm.models import Introduction, IntroductionSide
from earnest.rhythm.queries.introductions import Match
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def written_in_silence(world: World) -> Session:
    """Joan and Sam each keep one for themselves."""
    session = go_to(a_session(world), Phase.ALONE, world)
    for whose, words in ((world.joan, "Feed the wombat"), (world.sam, "Feed the heron")):
        sessions.jot(session, voice_of(session, whose), words, at=NOW)
    return session


def taken_on(world: World) -> Session:
    """It went on; each took on something, on a phone let in as them."""
    session = go_to(written_in_silence(world), Phase.WHO, world)
    for whose, words in ((world.joan, "Walk the badger"), (world.sam, "Walk the otter")):
        taking = Taking(words, (NOW + timedelta(days=3)).date(), ideas_of(session).first())
        take_on(session, voice_of(session, whose), taking, noted_by=world.lead, at=NOW)
    return session


def erase(world: World) -> None:
    erase_from_initiative(world.joan, by=world.lead, at=NOW)


def test_what_nobody_read_yet_goes_and_the_others_stay(world: World) -> None:
    session = written_in_silence(world)
    erase(world)
    assert [one.words for one in Jotting.objects.all()] == ["Feed the heron"]
    assert names_there(session) == ["Sam Reyes"]
    assert found(["wombat"]) == []
    go_to(session, Phase.BUILD, world)
    assert [one.words for one in ideas_of(session)] == ["Feed the heron"]


def test_what_came_out_of_it_names_them_no_more(world: World) -> None:
    session = taken_on(world)
    move_on(session, Phase.OVER, turn=session.turn, by=world.lead, at=NOW)
    assert Message.objects.count() == 2
    assert found(["badger"])
    erase(world)
    assert found(["wombat", "badger"]) == []
    assert [one.words for one in ideas_of(session)] == ["Feed the heron"]
    assert [(one.who, one.words) for one in tries_of(session)] == [("Sam Reyes", "Walk the otter")]
    assert Seat.objects.filter(session=session).count() == 1
    assert Try.objects.filter(session=session).count() == 1


def test_a_name_said_at_the_door_goes_with_them(world: World) -> None:
    session = a_session(world)
    sessions.knock(session, "k" * 64, "Joan Okafor")
    assert erase_person(world.joan.person, by=None, at=NOW)
    assert "Joan" not in Knock.objects.get().name


def test_of_an_introduction_neither_keeps_anything(world: World) -> None:
    low, high = sorted((world.joan, world.sam), key=lambda one: one.pk)
    match = Match(low, high, Introduction.Why.SAME_WORDS)
    row = introducing.offer(match, by_mail=True, by=world.lead, at=NOW).introduction
    for side in row.sides.all():
        line = "Ask for the walrus" if side.participation == world.joan else "Ask for the gnu"
        introducing.answer(side, Said("yes", shows_address=True, line=line), at=NOW)
    assert found(["walrus"])
    erase(world)
    assert not Introduction.objects.exists()
    assert not IntroductionSide.objects.exists()
    assert found(["walrus"]) == []
    to_sam = Message.objects.filter(participation=world.sam)
    assert not any("Joan" in one.subject + one.text + one.html for one in to_sam)
