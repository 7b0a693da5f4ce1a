"""A moment that came is first on Today, with the point and the link to their work (0.8, 0.11)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.people.models import Person
from earnest.practice.actions import moments
from earnest.practice.actions.moments import Noticed
from earnest.practice.models import MomentSeen
from earnest.practice.tests.moments import a_moment
from earnest.promises import actions as promises
from earnest.rhythm import actions
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def came(world: World, **draft: str) -> MomentSeen:
    noticed = Noticed("hand", "hand 1")
    return moments.notice(a_moment(world, **draft), world.joan, noticed, by=world.lead, at=LATER)


def step(world: World) -> Proposed | None:
    found = [one for one in steps_for(world.lead, at=LATER) if one.rule == "moment-came"]
    return found[0] if found else None


def test_it_stands_before_promises(world: World) -> None:
    draft = promises.Draft("bring the list", "ours", due=NOW.date())
    promises.make_promise(world.joan, draft, by=world.lead, at=NOW)
    came(world)
    first = steps_for(world.lead, at=LATER)[0]
    assert first.rule == "moment-came"
    assert first.participation_id == world.joan.pk
    assert first.title == "The moment for Joan: One owner for each request, by name"
    assert first.reason.endswith("a request comes that nobody feels is theirs. Her Fridays")


def test_without_a_link_of_its_own_it_is_how_this_serves_them(world: World) -> None:
    world.joan.chains.create(
        value="Her Fridays", link="Cover from noon", made_at=NOW, changed_at=NOW, told_at=NOW
    )
    came(world, link="")
    found = step(world)
    assert found
    assert found.reason.endswith("Cover from noon")


def test_it_is_for_who_holds_them(world: World) -> None:
    came(world)
    assert not [one for one in steps_for(world.co_lead, at=LATER) if one.rule == "moment-came"]


def test_spoken_about_it_is_gone(world: World) -> None:
    moments.say_spoken(came(world), by=world.lead, at=LATER)
    assert step(world) is None


def test_who_asked_for_quiet_is_left_alone_at_once(world: World) -> None:
    came(world)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=LATER)
    assert step(world) is None


def test_so_is_who_asked_for_less(world: World) -> None:
    came(world)
    Person.objects.filter(pk=world.joan.person_id).update(wants_less_at=LATER)
    assert step(world) is None


def test_put_off_it_comes_back_on_its_day(world: World) -> None:
    came(world)
    found = step(world)
    assert found
    actions.put_off(found.key, NOW.date() + timedelta(days=1), by=world.lead, at=LATER)
    assert step(world) is None
