"""What still leaves once somebody asked to be left alone: what takes something back, no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives.actions import Wish, say_wish
from earnest.listening import actions
from earnest.listening.actions import Wanted, asks
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import DAY, HOUR, invite, times_of
from earnest.messaging.tests.mails import send
from tests.worlds import NOW, World


@pytest.fixture
def asked(world: World) -> Invitation:
    return invite(world, world.joan)


def left_after(world: World, wish: Wish = Wish.NOT_AT_ALL) -> list[tuple[str, str]]:
    """What is laid ready now, stop, and what became of each."""
    say_wish(world.joan, wish, at=NOW + 2 * HOUR)
    send(NOW + 3 * HOUR)
    rows = world.joan.messages.order_by("pk")
    return [(one.state, one.reason) for one in rows]


@pytest.mark.parametrize("wish", [Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_other_times_offered_before_the_stop_no_longer_leave(
    world: World, asked: Invitation, wish: Wish
) -> None:
    actions.propose_time(asked, Wanted(None, "later"), by=None, at=NOW)
    actions.offer_times(asked, [NOW + 5 * DAY], by=world.lead, at=NOW + HOUR)
    assert left_after(world, wish) == [("withdrawn", "They asked to be left alone.")]


def test_what_was_called_off_is_still_told(world: World, asked: Invitation) -> None:
    actions.choose_time(asked, times_of(asked)[0], by=None, at=NOW)
    actions.call_off(asked, by=world.lead, at=NOW + timedelta(minutes=1), ours=True)
    [(agreed, why), (off, _none)] = left_after(world)
    assert (agreed, off) == ("withdrawn", "sent")
    assert why == "They asked to be left alone."


def test_that_an_ask_is_no_longer_needed_is_still_told(world: World, asked: Invitation) -> None:
    asks.withdraw_invitation(asked, by=world.lead, at=NOW, why="the plan changed")
    assert left_after(world) == [("sent", "")]
