"""What is measured can be changed: each under its own name, told to all, and not once it is over."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.pilots import actions, queries
from earnest.pilots.actions import MeasuredAlready, PilotMeasureDraft, PilotOver, ReadAlready
from earnest.pilots.models import Pilot, PilotMeasure
from earnest.pilots.queries.measured import NOT_ALIKE
from earnest.pilots.tests.piloted import DAY, WHY, a_measure, a_running_pilot, read
from tests.worlds import NOW, World


@pytest.fixture
def pilot(world: World) -> Pilot:
    return a_running_pilot(world)


@pytest.fixture
def measure(pilot: Pilot) -> PilotMeasure:
    return pilot.measures.get()


def typed(measure: PilotMeasure, **more: str) -> dict[str, str]:
    given = {"name": measure.name, "counts": "value", "unit": "days", "better": "down"}
    return {**given, "stop_at": "9", "every_days": "7", **more}


def test_two_measures_do_not_share_a_name(
    world: World, pilot: Pilot, measure: PilotMeasure
) -> None:
    other = a_measure(world, pilot, name="Hours lost")
    with pytest.raises(MeasuredAlready):
        actions.change_measure(other, {"name": measure.name}, by=world.lead, at=NOW)
    draft = PilotMeasureDraft("Hours lost", stop_at=Decimal(3))
    with pytest.raises(MeasuredAlready):
        actions.add_measure(pilot, draft, by=world.lead, at=NOW)
    assert a_measure(world, pilot, name="Hours lost") == other  # sent twice, it is one


def test_a_name_that_is_taken_is_told_beside_the_field(
    world: World, pilot: Pilot, measure: PilotMeasure
) -> None:
    other = a_measure(world, pilot, name="Hours lost")
    lead = Client()
    lead.force_login(world.lead)
    for page in (f"/pilots/{pilot.pk}/measures/new/", f"/pilot-measures/{other.pk}/about/"):
        answer = lead.post(page, typed(measure, stop_at="8"))
        assert answer.status_code == 400
        assert "This is measured already" in answer.text
    assert pilot.measures.count() == 2


def test_everyone_reads_what_was_turned_while_readings_are_there(
    world: World, pilot: Pilot, measure: PilotMeasure
) -> None:
    actions.change_measure(measure, {"stop_at": Decimal(12)}, by=world.lead, at=NOW)
    read(measure, world, DAY, 10)
    turned = {"better": "up", "stop_at": Decimal(12), "unit": "hours"}
    actions.change_measure(measure, turned, by=world.lead, at=NOW)
    started, step = queries.steps_of(pilot)
    assert (started.kind, step.kind) == ("started", "measured")
    assert step.why == "Days until there is an owner: which way is better"
    assert Event.objects.filter(action="pilot_measure_changed").count() == 2


def test_a_line_moved_is_met_or_not_by_what_was_read(
    world: World, pilot: Pilot, measure: PilotMeasure
) -> None:
    read(measure, world, DAY, 10)
    pilot.refresh_from_db()
    assert pilot.stop_met_at
    actions.change_measure(measure, {"stop_at": Decimal(12)}, by=world.lead, at=NOW)
    pilot.refresh_from_db()
    assert pilot.stop_met_at is None


def test_what_was_read_stays_of_its_kind(world: World, measure: PilotMeasure) -> None:
    read(measure, world, DAY, 12)
    with pytest.raises(ReadAlready):
        actions.change_measure(measure, {"counts": "share"}, by=world.lead, at=NOW)
    lead = Client()
    lead.force_login(world.lead)
    changed = {**typed(measure, counts="share", unit="", stop_at=""), "initial-counts": "value"}
    answer = lead.post(f"/pilot-measures/{measure.pk}/about/", changed)
    assert answer.status_code == 400
    assert "It was read as it is" in answer.text
    measure.refresh_from_db()
    assert measure.counts == "value"


def test_rows_of_two_kinds_are_told_as_such(world: World, measure: PilotMeasure) -> None:
    read(measure, world, DAY, 12)
    PilotMeasure.objects.filter(pk=measure.pk).update(counts="share")  # as it could be once
    measure.refresh_from_db()
    read(measure, world, DAY + timedelta(days=7), 40, of=20)
    measure.refresh_from_db()
    assert (measure.effect or {})["sentence"] == NOT_ALIKE


@pytest.mark.parametrize("change", [{"better": "up"}, {"counts": "share"}, {"stop_at": None}])
def test_what_is_over_is_not_judged_otherwise(
    world: World, pilot: Pilot, measure: PilotMeasure, change: dict[str, object]
) -> None:
    actions.end_pilot(pilot, WHY, by=world.lead, at=NOW)
    with pytest.raises(PilotOver):
        actions.change_measure(measure, change, by=world.lead, at=NOW)
    actions.change_measure(measure, {"name": "Days without an owner"}, by=world.lead, at=NOW)
    measure.refresh_from_db()
    assert (measure.name, measure.better) == ("Days without an owner", "down")
    lead = Client()
    lead.force_login(world.lead)
    lead.post(f"/pilot-measures/{measure.pk}/about/", typed(measure, better="up", stop_at=""))
    measure.refresh_from_db()
    assert (measure.better, measure.stop_at) == ("down", Decimal(9))
