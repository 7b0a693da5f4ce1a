"""A session that ended is read by whoever leads it, once (4.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas.actions import sessions
from earnest.ideas.models import Phase, Session
from earnest.ideas.tests.sat import a_session, go_to, voice_of
from earnest.initiatives.models import Initiative
from earnest.rhythm.models import Chosen
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def proposed(world: World, *, to_co_lead: bool = False) -> list[Proposed]:
    user = world.co_lead if to_co_lead else world.lead
    return [step for step in steps_for(user, at=NOW) if step.rule == "session-ended"]


def held(world: World, *, names: bool = True) -> Session:
    """Joan was there, said what she tries, and it ended."""
    session = go_to(a_session(world, names=names), Phase.WHO, world)
    whose, key = (world.joan, "") if names else (None, "a" * 64)
    due = (NOW + timedelta(days=3)).date()
    sessions.note_try(session, voice_of(session, whose, key), "Bring the list", due)
    return go_to(session, Phase.OVER, world)


@pytest.mark.parametrize("names", [True, False])
def test_what_came_out_waits_to_be_read_by_any_lead_until_one_has(
    names: bool, world: World
) -> None:
    session = held(world, names=names)
    (step,) = proposed(world)
    assert (step.number, step.participation_id) == (session.pk, None)
    assert session.space.question in step.reason
    assert proposed(world, to_co_lead=True)
    sessions.looked_at(session, by=world.co_lead, at=NOW)
    assert not proposed(world)


def test_while_it_goes_on_nothing_is_to_be_read(world: World) -> None:
    session = go_to(a_session(world), Phase.BUILD, world)
    sessions.sit(session, voice_of(session, world.joan))
    assert not proposed(world)


def test_nobody_there_or_never_begun_asks_for_nothing(world: World) -> None:
    go_to(go_to(a_session(world), Phase.TARGET, world), Phase.OVER, world)
    never_begun = a_session(world)
    sessions.sit(never_begun, voice_of(never_begun, world.joan))
    go_to(never_begun, Phase.OVER, world)
    assert not proposed(world)


def test_closed_or_dismissed_it_is_left_alone(world: World) -> None:
    session = held(world)
    key = f"session-ended:session:{session.pk}"
    Chosen.objects.create(user=world.lead, step=key, kind="dismissed", at=NOW)
    assert not proposed(world)
    assert proposed(world, to_co_lead=True)
    Initiative.objects.filter(pk=world.initiative.pk).update(closed_at=NOW)
    assert not proposed(world, to_co_lead=True)
