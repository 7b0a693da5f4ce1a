"""Days to answer that pass: silence, and being away, are two things."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.listening import actions, sweeps
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import DAY, HOUR, happened_to, invite, record_of
from earnest.messaging.models import Message
from earnest.people import actions as people
from tests.worlds import NOW, World

State = Invitation.State
OVER = NOW + 6 * DAY


def away(world: World, first: date, last: date) -> None:
    people.note_away(world.joan.person, first_day=first, last_day=last, by=None, at=NOW)


def day(number: int) -> date:
    return (NOW + number * DAY).date()


def test_no_answer_in_the_days_given_is_silence_once(world: World) -> None:
    asked = invite(world, world.joan)
    assert sweeps.lapse_due(at=NOW + 5 * DAY) == 0
    assert sweeps.lapse_due(at=OVER) == 1
    assert sweeps.lapse_due(at=OVER + HOUR) == 0
    asked.refresh_from_db()
    assert asked.state == State.LAPSED
    assert happened_to(asked) == ["lapsed"]
    assert not asked.events.last().by_person  # type: ignore[union-attr]
    assert record_of(world.joan) == [("silent", "", 0)]


def test_away_is_not_silent(world: World) -> None:
    asked = invite(world, world.joan)
    away(world, day(2), day(10))
    assert sweeps.lapse_due(at=OVER) == 0
    asked.refresh_from_db()
    # One day before they left, four of the five after they are back.
    assert (asked.state, asked.answer_by) == (State.SENT, day(14))
    assert happened_to(asked) == ["away"]
    assert sweeps.lapse_due(at=NOW + 14 * DAY) == 0
    assert happened_to(asked) == ["away"]
    assert record_of(world.joan) == []
    assert sweeps.lapse_due(at=NOW + 15 * DAY) == 1
    assert record_of(world.joan) == [("silent", "", 0)]


def test_away_again_moves_it_again(world: World) -> None:
    asked = invite(world, world.joan)
    away(world, day(2), day(10))
    sweeps.lapse_due(at=OVER)
    away(world, day(12), day(13))
    sweeps.lapse_due(at=NOW + 15 * DAY)
    asked.refresh_from_db()
    assert (asked.state, asked.answer_by) == (State.SENT, day(16))


def test_back_from_being_away_an_answer_is_in_time(world: World) -> None:
    asked = invite(world, world.joan)
    away(world, day(2), day(10))
    sweeps.lapse_due(at=OVER)
    actions.decline(asked, by=None, at=NOW + 12 * DAY)
    assert ("silent", "", 1) in record_of(world.joan)


@pytest.mark.parametrize("state", ["unclear", "failed", "waiting"])
def test_what_may_not_have_arrived_is_not_unanswered(world: World, state: str) -> None:
    asked = invite(world, world.joan)
    message = Message.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        kind="ask",
        subject="s",
        text="t",
        message_id="<1@x>",
        state=state,
        made_at=NOW,
        leaves_at=NOW,
    )
    Invitation.objects.filter(pk=asked.pk).update(message_id=message.pk)
    assert sweeps.lapse_due(at=OVER) == 0
    Message.objects.update(state="sent")
    assert sweeps.lapse_due(at=OVER) == 1


def test_who_asked_to_be_left_alone_is_not_silent(world: World) -> None:
    invite(world, world.joan)
    initiatives.say_wish(world.joan, Wish.NOT_AT_ALL, at=NOW)
    assert sweeps.lapse_due(at=OVER) == 0
    assert record_of(world.joan) == []


def test_an_answered_or_closed_one_does_not_lapse(world: World) -> None:
    asked = invite(world, world.joan)
    invite(world, world.sam)
    actions.decline(asked, by=None, at=NOW + HOUR)
    world.initiative.closed_at = NOW
    world.initiative.save()
    assert sweeps.lapse_due(at=OVER) == 0


def test_the_last_day_lasts_as_long_as_it_does_where_they_live(world: World) -> None:
    world.joan.person.time_zone = "America/Los_Angeles"
    world.joan.person.save()
    invite(world, world.joan)
    midnight: datetime = NOW.replace(hour=3) + 6 * DAY
    assert sweeps.lapse_due(at=midnight) == 0
    assert sweeps.lapse_due(at=midnight + 6 * HOUR) == 1


def test_one_run_looks_at_so_many_and_the_next_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "AT_ONCE", 1)
    asked = invite(world, world.joan)
    away(world, day(0), day(300))
    invite(world, world.sam, asked.ask)
    assert sum(sweeps.lapse_due(at=OVER + n * HOUR) for n in range(3)) == 1


def test_away_noted_afterwards_was_no_silence(world: World) -> None:
    asked = invite(world, world.joan)
    sweeps.lapse_due(at=OVER)
    assert record_of(world.joan) == [("silent", "", 0)]
    away(world, day(3), day(9))
    sweeps.lapse_due(at=OVER + HOUR)
    asked.refresh_from_db()
    assert (asked.state, asked.answer_by) == (State.SENT, day(12))
    assert happened_to(asked) == ["lapsed", "away"]
    assert record_of(world.joan) == []
    sweeps.lapse_due(at=NOW + 13 * DAY)
    assert record_of(world.joan) == [("silent", "", 0)]


def test_away_for_a_while_and_back_long_since_is_silence(world: World) -> None:
    asked = invite(world, world.joan)
    sweeps.lapse_due(at=OVER)
    away(world, day(5), day(6))
    sweeps.lapse_due(at=NOW + 30 * DAY)
    asked.refresh_from_db()
    assert asked.state == State.LAPSED
    assert record_of(world.joan) == [("silent", "", 0)]


def test_away_after_other_times_were_offered_is_not_silent_either(world: World) -> None:
    asked = invite(world, world.joan)
    away(world, day(1), day(4))
    sweeps.lapse_due(at=OVER)
    again = NOW + 9 * DAY
    actions.propose_time(asked, actions.Wanted(None, "later"), by=None, at=again)
    actions.offer_times(asked, [NOW + 60 * DAY], by=world.lead, at=again + HOUR)
    asked.refresh_from_db()
    given = (asked.answer_by - again.date()).days
    away(world, day(10), day(39))
    assert sweeps.lapse_due(at=again + (given + 2) * DAY) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.answer_by) == (State.SENT, day(39 + given))
    assert ("silent", "", 0) not in record_of(world.joan)
    assert sweeps.lapse_due(at=NOW + (40 + given) * DAY) == 1
