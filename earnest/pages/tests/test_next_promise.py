"""With nothing to do, Today names the next promise: one's own to keep, by the right calendar."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.pages.queries import today_of
from earnest.promises import actions as promises
from earnest.promises.actions import Draft
from earnest.promises.models import Promise
from earnest.rhythm import actions, queries
from tests.worlds import NOW, World

TODAY = NOW.date()


def promise(world: World, days: int, *, by: User | None = None) -> Promise:
    draft = Draft("a list", "ours", due=TODAY + timedelta(days=days))
    before = NOW - timedelta(days=30)
    return promises.make_promise(world.joan, draft, by=by or world.lead, at=before)


def test_who_leads_no_more_sees_no_name_on_today(client: Client, world: World) -> None:
    initiatives.hand_over(world.joan, to=world.co_lead, by=world.lead, at=NOW)
    far = promise(world, 400, by=world.co_lead)
    assert today_of(world.lead, at=NOW, everything=False).next_promise is None
    initiatives.remove_role(
        world.initiative.roles.get(user=world.co_lead), by=world.lead, at=NOW, heir=world.lead
    )
    assert today_of(world.co_lead, at=NOW, everything=False).next_promise is None
    client.force_login(world.co_lead)
    assert "Joan" not in client.get("/").content.decode()
    put_all_off(world.lead)
    assert today_of(world.lead, at=NOW, everything=False).next_promise == far


def put_all_off(user: User) -> None:
    for step in queries.steps_for(user, at=NOW):
        actions.put_off(step.key, TODAY + timedelta(days=9), by=user, at=NOW)


def test_the_next_promise_is_next_by_the_day_of_the_workspace(world: World) -> None:
    late_evening = NOW.replace(hour=23, minute=30)  # the day after already, in Amsterdam
    promise(world, 0)
    following = promise(world, 5)
    for one in queries.steps_for(world.lead, at=late_evening):
        actions.put_off(one.key, TODAY + timedelta(days=9), by=world.lead, at=late_evening)
    shown = today_of(world.lead, at=late_evening, everything=False)
    assert (shown.count, shown.next_promise) == (0, following)
