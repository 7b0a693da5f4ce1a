"""What was promised never goes silently: not behind others, not with a lead, not with a closing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, RunUpStep
from earnest.promises import actions as promises
from earnest.promises.actions import Draft
from earnest.promises.models import Promise
from earnest.rhythm import actions, queries
from earnest.rhythm.queries import Proposed
from tests.worlds import NOW, World

TODAY = NOW.date()
BEFORE = NOW - timedelta(days=30)


def promised(user: User, days: int = 0) -> list[Proposed]:
    steps = queries.steps_for(user, at=NOW + timedelta(days=days))
    return [step for step in steps if step.about == "promise"]


def rules(user: User, days: int = 0) -> list[str]:
    return [step.rule for step in promised(user, days)]


def promise(world: World, days: int, *, by: User | None = None, words: str = "a list") -> Promise:
    draft = Draft(words, "ours", due=TODAY + timedelta(days=days))
    return promises.make_promise(world.joan, draft, by=by or world.lead, at=BEFORE)


def conditional(world: World) -> Promise:
    draft = Draft("send the plan", "ours", condition="the board said yes")
    return promises.make_promise(world.joan, draft, by=world.lead, at=NOW)


@pytest.mark.parametrize(("days", "rule"), [(-20, "promise-late"), (0, "promise-today")])
def test_a_promise_does_not_vanish_behind_those_put_off(world: World, days: int, rule: str) -> None:
    for n in range(9):
        promise(world, days, words=f"list {n}")
    for one in Promise.objects.order_by("pk")[:8]:
        key, until = f"{rule}:promise:{one.pk}", TODAY + timedelta(days=30)
        actions.put_off(key, until, by=world.lead, at=NOW)
    last = Promise.objects.order_by("pk").last()
    assert last
    assert [step.key for step in promised(world.lead)] == [f"{rule}:promise:{last.pk}"]


@pytest.mark.parametrize(
    ("days", "rule"),
    [(-3, "promise-late"), (0, "promise-today"), (2, "promise-soon")],
)
def test_with_the_person_handed_over_goes_what_was_promised(
    world: World, days: int, rule: str
) -> None:
    initiatives.hand_over(world.joan, to=world.co_lead, by=world.lead, at=NOW)
    promise(world, days, by=world.co_lead)
    assert (rules(world.co_lead), rules(world.lead)) == ([rule], [])
    role = world.initiative.roles.get(user=world.co_lead)
    initiatives.remove_role(role, by=world.lead, at=NOW, heir=world.lead)
    assert (rules(world.co_lead), rules(world.lead)) == ([], [rule])


def test_who_still_leads_keeps_their_own_promise(world: World) -> None:
    promise(world, -3)
    initiatives.hand_over(world.joan, to=world.co_lead, by=world.lead, at=NOW)
    assert (rules(world.co_lead), rules(world.lead)) == ([], ["promise-late"])


def test_a_condition_is_asked_about_after_three_weeks(client: Client, world: World) -> None:
    one = conditional(world)
    assert rules(world.lead, days=20) == []
    (step,) = promised(world.lead, days=21)
    assert step.title == "Has it happened: the board said yes?"
    Promise.objects.update(made_at=BEFORE)
    client.force_login(world.lead)
    html = client.get("/").content.decode()
    assert f'href="/promises/{one.pk}/">It has: give it a date' in html


def test_a_condition_is_asked_about_once_it_is_decided(world: World) -> None:
    conditional(world)
    Initiative.objects.filter(pk=world.initiative.pk).update(decides_on=TODAY + timedelta(days=3))
    assert rules(world.lead, days=3) == []
    assert rules(world.lead, days=4) == ["promise-condition"]


def test_a_condition_put_aside_is_asked_about_three_weeks_later(world: World) -> None:
    one = conditional(world)
    key, at = f"promise-condition:promise:{one.pk}", NOW + timedelta(days=22)
    actions.dismiss(key, "not before spring", by=world.lead, at=at)
    assert rules(world.lead, days=30) == []
    assert rules(world.lead, days=22 + 21) == ["promise-condition"]


def test_closing_hides_no_promise_and_leaves_the_rest(world: World) -> None:
    promise(world, -3)
    initiatives.close_initiative(world.initiative, by=world.lead, at=NOW)
    assert [step.rule for step in queries.steps_for(world.lead, at=NOW)] == ["promise-late"]


def test_moved_and_late_again_it_comes_up_again(world: World) -> None:
    one = promise(world, -1)
    actions.dismiss(f"promise-late:promise:{one.pk}", "moving it", by=world.lead, at=NOW)
    assert rules(world.lead) == []
    promises.move_promise(one, TODAY + timedelta(days=5), by=world.lead, at=NOW)
    promises.tell_moved(one, by=world.lead, at=NOW)
    assert rules(world.lead, days=7) == ["promise-late"]


def test_on_the_persons_page_too(client: Client, world: World) -> None:
    one = promise(world, -1)
    initiatives.hand_over(world.joan, to=world.co_lead, by=world.lead, at=NOW)
    initiatives.hand_over(world.sam, to=world.co_lead, by=world.lead, at=NOW)
    client.force_login(world.co_lead)
    page = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    key = f"promise-late:promise:{one.pk}"
    assert key not in client.get(page).content.decode()
    world.initiative.roles.filter(user=world.co_lead).update(kind="lead")
    role = world.initiative.roles.get(user=world.lead)
    initiatives.remove_role(role, by=world.co_lead, at=NOW, heir=world.co_lead)
    assert [step.key for step in promised(world.co_lead)] == [key]
    steps = client.get(page).context["step"]
    assert steps.key == key


def test_the_run_up_does_not_vanish_behind_what_was_put_off(world: World) -> None:
    steps = [
        RunUpStep.objects.create(initiative=world.initiative, on=TODAY, who="All", what="why")
        for _ in range(9)
    ]
    for one in steps[:8]:
        until = TODAY + timedelta(days=30)
        actions.put_off(f"run-up:run_up:{one.pk}", until, by=world.lead, at=NOW)
    proposed = queries.steps_for(world.lead, at=NOW)
    assert [step.number for step in proposed if step.about == "run_up"] == [steps[8].pk]
