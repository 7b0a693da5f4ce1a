"""A session goes on where it was: its course is stored, its times are computed (4.6)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from earnest.ideas.actions import sessions
from earnest.ideas.actions.sessions import SessionOver
from earnest.ideas.models import Idea, Jotting, Knock, Phase, Seat, Session, Voice
from earnest.ideas.models.sessions import LENGTH, MINUTES
from earnest.ideas.queries.sessions import at_the_door, clock_of, counted, ideas_of
from earnest.ideas.tests.sat import a_session, a_space, go_to, voice_of
from earnest.initiatives.models import Participation
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def test_its_steps_are_half_an_hour_together() -> None:
    assert sum(MINUTES.values()) == LENGTH


def test_begun_twice_it_is_the_one_that_runs(world: World) -> None:
    space = a_space(world)
    first = sessions.begin_session(space, by=world.lead, at=NOW)
    assert sessions.begin_session(space, by=world.co_lead, at=NOW) == first
    begin = partial(sessions.begin_with_question, names=True, by=world.lead, at=NOW)
    again = begin(world.initiative, "What now?")
    assert begin(world.initiative, "What now?") == again
    assert Session.objects.count() == 2


def test_a_button_pressed_twice_moves_it_once(world: World) -> None:
    session = a_session(world)
    turn = session.turn
    assert sessions.move(session, Phase.TARGET, turn=turn, by=world.lead, at=NOW)
    assert not sessions.move(session, Phase.ALONE, turn=turn, by=world.co_lead, at=NOW)
    session.refresh_from_db()
    assert session.phase == Phase.TARGET


def test_the_time_left_follows_from_when_the_step_began(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    clock = clock_of(session, at=NOW + 2 * MINUTE)
    assert (clock.minutes_left, clock.is_up) == (5, False)
    assert clock_of(session, at=NOW + 8 * MINUTE).is_up


def test_five_minutes_more_begin_now_where_the_time_was_up(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    at = NOW + 10 * MINUTE
    assert sessions.add_minutes(session, turn=session.turn, by=world.lead, at=at)
    assert clock_of(session, at=at).minutes_left == 5
    assert not sessions.add_minutes(session, turn=1, by=world.lead, at=at)


def test_added_before_the_time_is_up_they_come_on_top(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.add_minutes(session, turn=session.turn, by=world.lead, at=NOW + MINUTE)
    assert clock_of(session, at=NOW + MINUTE).minutes_left == 11


def test_nobody_reads_what_is_written_in_silence_until_it_is_over(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    assert counted(session).wrote == 1
    assert not Idea.objects.filter(space=session.space).exists()
    go_to(session, Phase.BUILD, world)
    assert [one.words for one in ideas_of(session)] == ["A shared list"]
    assert not Jotting.objects.exists()


def test_an_idea_is_a_deed_of_who_gave_it_once(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    assert not Evidence.objects.filter(participation_id=world.joan.pk).exists()
    go_to(session, Phase.BUILD, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    rows = Evidence.objects.filter(participation_id=world.joan.pk)
    assert [(one.kind, one.item) for one in rows] == [("did", "contributed")]


def test_back_in_silence_what_was_shown_stays_and_what_is_new_waits(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    go_to(session, Phase.BUILD, world)
    go_to(session, Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.sam), "Fewer forms", at=NOW)
    assert [one.words for one in ideas_of(session)] == ["A shared list"]


def test_built_on_credit_goes_to_both(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    go_to(session, Phase.BUILD, world)
    first = Idea.objects.get(space=session.space)
    sessions.build_on(session, voice_of(session, world.sam), first, "On the wall", at=NOW)
    grown = Idea.objects.get(words="On the wall")
    assert [one.of for one in grown.grew_from.all()] == [first]
    assert grown.participation == world.sam


def test_after_the_end_nothing_is_written(world: World) -> None:
    session = go_to(a_session(world), Phase.OVER, world)
    assert session.code == ""
    assert session.is_over
    with pytest.raises(SessionOver):
        sessions.jot(session, voice_of(session, world.joan), "Late", at=NOW)
    assert not sessions.move(session, Phase.BUILD, turn=session.turn, by=world.lead, at=NOW)


def test_ended_in_silence_no_word_is_lost(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    go_to(session, Phase.OVER, world)
    assert [one.words for one in ideas_of(session)] == ["A shared list"]


def test_who_asked_to_be_left_alone_meanwhile_is(world: World) -> None:
    session = go_to(a_session(world), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, world.joan), "A shared list", at=NOW)
    Participation.objects.filter(pk=world.joan.pk).update(stopped_at=NOW)
    go_to(session, Phase.BUILD, world)
    assert not Idea.objects.filter(space=session.space).exists()
    assert not Jotting.objects.exists()


def test_without_names_no_row_says_who_or_when(world: World) -> None:
    session = go_to(a_session(world, names=False), Phase.ALONE, world)
    sessions.jot(session, voice_of(session, None, "a" * 64), "A shared list", at=NOW)
    go_to(session, Phase.BUILD, world)
    idea = Idea.objects.get(space=session.space)
    assert idea.participation is None
    for model in (Seat, Jotting, Voice):
        kinds = {field.get_internal_type() for field in model._meta.get_fields() if field.concrete}
        assert not kinds & {"DateTimeField", "TimeField"}


def test_a_phone_that_came_by_the_code_is_nobody_until_the_lead_lets_it_in(world: World) -> None:
    session = a_session(world)
    knocked = sessions.knock(session, "k" * 64, "joan okafor")
    assert not Seat.objects.exists()
    assert [one.maybe for one in at_the_door(session)] == [[world.joan]]
    seat = sessions.let_in(knocked, world.joan, by=world.lead, at=NOW)
    assert seat.let_in_by == world.lead
    assert at_the_door(session) == []
    assert Knock.objects.get().name == ""


def test_a_name_nobody_has_names_nobody(world: World) -> None:
    session = a_session(world)
    sessions.knock(session, "k" * 64, "Jo")
    assert [one.maybe for one in at_the_door(session)] == [[]]


def test_however_often_somebody_knocks_there_is_a_number_left(world: World) -> None:
    session = a_session(world)
    taken = [Knock(session=session, key_hash=f"{n}", name="X", number=n) for n in range(10, 1000)]
    Knock.objects.bulk_create(taken)
    sessions.knock(session, "k" * 64, "Joan Okafor")
    assert session.knocks.filter(name="Joan Okafor").exists()
    assert session.knocks.count() == sessions.AT_THE_DOOR


def test_turned_away_they_may_knock_again(world: World) -> None:
    session = a_session(world)
    sessions.turn_away(sessions.knock(session, "k" * 64, "Joan"))
    assert at_the_door(session) == []
    sessions.knock(session, "k" * 64, "Joan Okafor")
    assert [one.maybe for one in at_the_door(session)] == [[world.joan]]


def test_at_the_end_nobody_who_waits_at_the_door_is_kept(world: World) -> None:
    session = a_session(world)
    sessions.knock(session, "k" * 64, "Joan")
    go_to(session, Phase.OVER, world)
    assert not Knock.objects.exists()


def test_who_was_let_in_reads_what_came_out_and_is_forgotten_an_hour_later(world: World) -> None:
    session = a_session(world)
    knocked = sessions.knock(session, "k" * 64, "Joan")
    sessions.let_in(knocked, world.joan, by=world.lead, at=NOW)
    go_to(session, Phase.OVER, world)
    assert sessions.forget_phones(at=NOW + timedelta(minutes=59)) == 0
    assert Knock.objects.get().name == ""
    assert sessions.forget_phones(at=NOW + timedelta(minutes=60)) == 1
