"""Stages (1.16), run-up (1.5) and backing (3.2)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from earnest.initiatives import actions
from earnest.initiatives.models import Backing, Initiative, RunUpStep, Stage
from tests.worlds import NOW, World


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def _names(world: World) -> list[str]:
    return list(world.initiative.stages.values_list("name", flat=True))


def _stage(world: World, name: str) -> Stage:
    return Stage.objects.get(initiative=world.initiative, name=name)


def test_a_stage_is_added_at_the_end_and_changed(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/"
    as_lead.post(base, {"name": "Handed on", "must_be_true": "Others lead it"})
    assert _names(world)[-1] == "Handed on"
    last = _stage(world, "Handed on")
    as_lead.post(f"{base}{last.pk}/", {"name": "Given away", "must_be_true": ""})
    assert _names(world)[-1] == "Given away"


def test_stages_change_places_and_the_ends_stay_ends(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/"
    shaped = _stage(world, "Shaped")
    as_lead.post(f"{base}{shaped.pk}/earlier/")
    assert _names(world)[:2] == ["Shaped", "Heard"]
    as_lead.post(f"{base}{shaped.pk}/earlier/")
    assert _names(world)[:2] == ["Shaped", "Heard"]
    as_lead.post(f"{base}{shaped.pk}/later/")
    assert _names(world)[:2] == ["Heard", "Shaped"]


def test_any_stage_can_be_reached_none_is_forced(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/"
    grown = _stage(world, "Grown")
    as_lead.post(f"{base}{grown.pk}/reached/")
    assert _stage(world, "Grown").reached_on is not None
    assert _stage(world, "Heard").reached_on is None
    as_lead.post(f"{base}{grown.pk}/not-reached/")
    assert _stage(world, "Grown").reached_on is None


def test_the_day_it_was_reached_is_the_workspaces_day(world: World) -> None:
    heard = _stage(world, "Heard")
    late = NOW.replace(hour=23, minute=30)  # half past midnight in Amsterdam
    actions.mark_reached(heard, reached=True, by=world.lead, at=late)
    assert heard.reached_on == date(2026, 11, 21)


def test_without_stages_the_page_says_what_they_are_for(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/"
    for stage in world.initiative.stages.all():
        as_lead.post(f"{base}{stage.pk}/removed/")
    assert "No stages yet" in as_lead.get(base).content.decode()
    page = as_lead.get(f"/initiatives/{world.initiative.pk}/").content.decode()
    assert "No stages." in page
    as_lead.post(base, {"name": "First", "must_be_true": ""})
    assert _names(world) == ["First"]


def test_a_stage_is_left_out_and_taken_in_again(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/{_stage(world, 'Shaped').pk}"
    as_lead.post(f"{base}/reached/")
    as_lead.post(f"{base}/left-out/")
    shaped = _stage(world, "Shaped")
    assert shaped.skipped_on is not None
    assert shaped.reached_on is None
    page = as_lead.get(f"/initiatives/{world.initiative.pk}/").content.decode()
    assert "left out" in page
    as_lead.post(f"{base}/not-left-out/")
    assert _stage(world, "Shaped").skipped_on is None


def test_what_is_left_out_can_be_reached_all_the_same(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/{_stage(world, 'Shaped').pk}"
    as_lead.post(f"{base}/left-out/")
    as_lead.post(f"{base}/reached/")
    shaped = _stage(world, "Shaped")
    assert (shaped.skipped_on, shaped.reached_on is None) == (None, False)


def test_only_what_is_missing_of_the_five_is_added(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/"
    as_lead.post(f"{base}{_stage(world, 'Shaped').pk}/removed/")
    assert "Add the one that is missing" in as_lead.get(base).content.decode()
    as_lead.post(f"{base}taken/")
    as_lead.post(f"{base}taken/")
    assert _names(world) == ["Heard", "Small pilot", "Practised", "Grown", "Shaped"]
    assert "that is missing" not in as_lead.get(base).content.decode()


def test_a_stage_needs_a_name(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/stages/"
    html = as_lead.post(base, {"name": "", "must_be_true": "It holds"}).content.decode()
    assert "This field is required" in html
    assert "It holds" in html
    assert len(_names(world)) == 5


def test_the_run_up_stands_in_the_order_of_its_days(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/run-up/"
    as_lead.post(base, {"on": "2026-12-02", "who": "Everyone", "what": "the day"})
    as_lead.post(base, {"on": "2026-11-25", "who": "Night team", "what": "why"})
    html = as_lead.get(base).content.decode()
    assert html.index("Night team") < html.index("Everyone")


def test_a_step_after_the_launch_is_warned_about(as_lead: Client, world: World) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(launches_on=date(2026, 12, 1))
    base = f"/initiatives/{world.initiative.pk}/run-up/"
    as_lead.post(base, {"on": "2026-12-01", "who": "Night team", "what": "why"})
    assert "after the launch" not in as_lead.get(base).content.decode()
    as_lead.post(base, {"on": "2026-12-02", "who": "Day team", "what": "why"})
    assert "after the launch" in as_lead.get(base).content.decode()
    page = as_lead.get(f"/initiatives/{world.initiative.pk}/").content.decode()
    assert "after the launch" in page


def test_a_step_is_marked_done_and_undone_and_removed(as_lead: Client, world: World) -> None:
    step = actions.add_run_up_step(
        world.initiative, on=NOW.date(), who="Night team", what="why", by=world.lead, at=NOW
    )
    base = f"/initiatives/{world.initiative.pk}/run-up/{step.pk}/"
    as_lead.post(f"{base}done/")
    assert RunUpStep.objects.get().done_at
    as_lead.post(f"{base}not-done/")
    assert RunUpStep.objects.get().done_at is None
    as_lead.post(base, {"on": "2026-11-21", "who": "Late team", "what": "why"})
    assert RunUpStep.objects.get().who == "Late team"
    as_lead.post(f"{base}removed/")
    assert not RunUpStep.objects.exists()


def test_backing_is_noted_changed_and_removed(as_lead: Client, world: World) -> None:
    base = f"/initiatives/{world.initiative.pk}/backing/"
    as_lead.post(base, {"who": "Ada", "what": "Two days", "on": "2026-11-01"})
    backing = Backing.objects.get()
    assert "it is not counted as everyone" in (
        as_lead.get(f"/initiatives/{world.initiative.pk}/").content.decode()
    )
    as_lead.post(f"{base}{backing.pk}/", {"who": "Ada", "what": "Three", "on": "2026-11-01"})
    assert Backing.objects.get().what == "Three"
    html = as_lead.post(f"{base}{backing.pk}/", {"who": "", "what": "Four", "on": "x"})
    assert "That is not a date" in html.content.decode()
    assert Backing.objects.get().what == "Three"
    as_lead.post(f"{base}{backing.pk}/removed/")
    assert not Backing.objects.exists()
