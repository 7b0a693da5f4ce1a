"""A pilot is small: it begins with measures, goes on with a reason, and is stopped where we said so."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.people.models import Person
from earnest.pilots import actions, queries, sweeps
from earnest.pilots.actions import EndsLater, NotYet, OutOfOrder, PilotOver, PilotReadingDraft
from earnest.pilots.forms import PersonForm
from earnest.pilots.models import Pilot, PilotStep
from earnest.pilots.tests.piloted import (
    DAY,
    WHY,
    a_call,
    a_measure,
    a_pilot,
    a_running_pilot,
    a_team,
    a_yes,
    on_it,
    read,
)
from tests.worlds import NOW, World

WEEK = timedelta(days=7)
LATER = NOW + WEEK


def test_it_starts_only_with_something_measured(world: World) -> None:
    pilot = a_pilot(world)
    with pytest.raises(NotYet):
        actions.start_pilot(pilot, by=world.lead, at=NOW)
    measure = a_measure(world, pilot)
    actions.start_pilot(pilot, by=world.lead, at=NOW)
    pilot.refresh_from_db()
    measure.refresh_from_db()
    assert pilot.state == Pilot.State.RUNNING
    assert measure.due_on == DAY + timedelta(days=7)


def test_started_twice_it_is_started_once(world: World) -> None:
    pilot = a_running_pilot(world)
    with pytest.raises(PilotOver):
        actions.start_pilot(pilot, by=world.lead, at=LATER)
    assert [one.kind for one in queries.steps_of(pilot)] == ["started"]


def test_everyone_of_the_team_and_of_those_below_it_is_in_it(world: World) -> None:
    ward = a_team(world, "Ward 3")
    night = a_team(world, "Night", parent=ward)
    ida = on_it(world, "Ida Night", night)
    pilot = a_pilot(world, team=ward)
    assert [one.participation_id for one in pilot.people.all()] == [ida.pk]
    on_it(world, "Uma Ward", ward)
    assert actions.bring_part_in(pilot, at=LATER) == 1
    pilot.refresh_from_db()
    assert pilot.people_count == 2


def test_who_a_lead_said_is_not_in_it_is_not_brought_back_by_their_team(world: World) -> None:
    ward = a_team(world, "Ward 3")
    ida = on_it(world, "Ida Ward", ward)
    pilot = a_pilot(world, team=ward)
    assert actions.remove_person(pilot.people.get(), by=world.lead, at=LATER)
    assert not actions.remove_person(pilot.people.get(), by=world.lead, at=LATER)
    assert sweeps.bring_parts_in(at=LATER) == 0
    pilot.refresh_from_db()
    assert (pilot.people_count, list(queries.people_in(pilot))) == (0, [])
    assert PersonForm({"who": ida.pk}, pilot=pilot).is_valid()
    assert actions.add_person(pilot, ida, by=world.lead, at=LATER)
    pilot.refresh_from_db()
    assert (pilot.people_count, pilot.people.get().left_at) == (1, None)


def test_who_moves_to_another_team_is_in_it_no_more_and_back_again_they_are(world: World) -> None:
    ward, away = a_team(world, "Ward 3"), a_team(world, "Ward 9")
    brought = [on_it(world, f"Nurse {number}", ward) for number in range(5)]
    pilot = a_pilot(world, team=ward)
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)  # by hand, of no team
    moved = Person.objects.filter(participations__in=brought[1:])
    moved.update(team=away)
    assert sweeps.bring_parts_in(at=LATER) == 0
    pilot.refresh_from_db()
    assert pilot.people_count == 2
    assert {one.participation for one in queries.people_in(pilot)} == {brought[0], world.joan}
    moved.update(team=ward)
    assert sweeps.bring_parts_in(at=LATER) == 4
    pilot.refresh_from_db()
    assert pilot.people_count == 6


def test_of_what_is_over_nobody_moves_away(world: World) -> None:
    ward = a_team(world, "Ward 3")
    ida = on_it(world, "Ida Ward", ward)
    pilot = a_running_pilot(world, team=ward)
    actions.end_pilot(pilot, WHY, by=world.lead, at=LATER)
    Person.objects.filter(pk=ida.person_id).update(team=None)
    pilot.refresh_from_db()
    actions.bring_part_in(pilot, at=LATER)
    assert pilot.people.count() == 1


@pytest.mark.parametrize("by_team", [True, False])
def test_who_asked_for_quiet_is_not_counted(world: World, *, by_team: bool) -> None:
    ward = a_team(world, "Ward 3")
    people = [on_it(world, f"Nurse {number}", ward) for number in range(5)]
    pilot = a_pilot(world, team=ward if by_team else None)
    for one in people:
        actions.add_person(pilot, one, by=world.lead, at=NOW)
    for one in people[1:]:
        initiatives.say_wish(one, Wish.NOT_THIS, at=LATER)
    sweeps.bring_parts_in(at=LATER)
    pilot.refresh_from_db()
    assert pilot.people_count == 1


def test_that_a_part_was_brought_in_is_on_record(world: World) -> None:
    ward = a_team(world, "Ward 3")
    pilot = a_pilot(world, team=ward)
    on_it(world, "Ida Ward", ward)
    for _twice in range(2):
        sweeps.bring_parts_in(at=LATER)
    assert Event.objects.filter(action="pilot_part_brought_in").count() == 1
    assert pilot.people.count() == 1


def test_who_said_yes_for_a_part_is_in_it(world: World) -> None:
    pilot = a_pilot(world, volunteer=a_yes(a_call(world), world.joan))
    assert [one.participation for one in pilot.people.all()] == [world.joan]
    assert actions.add_person(pilot, world.sam, by=world.lead, at=NOW)
    assert not actions.add_person(pilot, world.sam, by=world.lead, at=NOW)
    there = pilot.people.get(participation=world.sam)
    assert actions.remove_person(there, by=world.lead, at=NOW)
    pilot.refresh_from_db()
    assert pilot.people_count == 1


def test_it_is_extended_with_its_reason(world: World) -> None:
    pilot = a_running_pilot(world)
    longer = pilot.ends_on + timedelta(weeks=2)
    actions.extend_pilot(pilot, longer, "Holidays", by=world.lead, at=LATER)
    pilot.refresh_from_db()
    assert pilot.ends_on == longer
    step = queries.steps_of(pilot)[-1]
    assert (step.kind, step.why, step.ends_on) == (PilotStep.Kind.EXTENDED, "Holidays", longer)


def test_of_two_who_extend_it_the_second_does_not_shorten_it(world: World) -> None:
    pilot = a_running_pilot(world)
    longer = pilot.ends_on + timedelta(weeks=4)
    actions.extend_pilot(pilot, longer, "Holidays", by=world.lead, at=LATER)
    with pytest.raises(EndsLater):
        actions.extend_pilot(pilot, longer - WEEK, "Holidays", by=world.lead, at=LATER)
    pilot.refresh_from_db()
    assert pilot.ends_on == longer
    assert [one.kind for one in queries.steps_of(pilot)] == ["started", "extended"]


def test_of_two_who_move_a_day_each_the_second_hears_that_they_are_out_of_order(
    world: World,
) -> None:
    pilot = a_pilot(world)
    actions.change_pilot(pilot, {"starts_on": DAY + 3 * WEEK}, by=world.lead, at=NOW)
    with pytest.raises(OutOfOrder):
        actions.change_pilot(pilot, {"ends_on": DAY + WEEK}, by=world.lead, at=NOW)
    page = Client()
    page.force_login(world.lead)
    typed = {"what": pilot.what, "stop_if": pilot.stop_if}
    typed |= {"starts_on": str(DAY), "ends_on": str(DAY + WEEK)}
    older = {f"initial-{name}": said for name, said in typed.items()}
    older["initial-ends_on"] = str(pilot.ends_on)
    answer = page.post(f"/pilots/{pilot.pk}/about/", {**typed, **older}, follow=True)
    assert "the last would lie before the first" in answer.text


def test_it_does_not_start_after_its_own_last_day(world: World) -> None:
    pilot = a_pilot(world)
    a_measure(world, pilot)
    with pytest.raises(NotYet, match="last day is over"):
        actions.start_pilot(pilot, by=world.lead, at=NOW + 9 * WEEK)


def test_dates_of_a_pilot_that_runs_move_only_with_a_reason(world: World) -> None:
    pilot = a_running_pilot(world)
    with pytest.raises(ValueError, match="extended"):
        actions.change_pilot(pilot, {"ends_on": DAY}, by=world.lead, at=LATER)
    actions.change_pilot(pilot, {"stop_if": "If one complains"}, by=world.lead, at=LATER)
    pilot.refresh_from_db()
    assert pilot.stop_if == "If one complains"


def test_what_is_over_stays_as_it_was(world: World) -> None:
    pilot = a_running_pilot(world)
    actions.stop_pilot(pilot, WHY, by=world.lead, at=LATER)
    pilot.refresh_from_db()
    assert (pilot.state, pilot.why) == (Pilot.State.STOPPED, WHY)
    assert pilot.measures.get().due_on is None
    for change in (actions.end_pilot, actions.stop_pilot, actions.go_on):
        with pytest.raises(PilotOver):
            change(pilot, WHY, by=world.lead, at=LATER)


def test_a_figure_at_the_line_is_noted_until_somebody_says_what_follows(world: World) -> None:
    pilot = a_running_pilot(world)
    measure = pilot.measures.get()
    read(measure, world, DAY - timedelta(days=7), 12)  # from before it began
    pilot.refresh_from_db()
    assert pilot.stop_met_at is None
    read(measure, world, DAY + timedelta(days=7), 9, at=LATER)
    pilot.refresh_from_db()
    assert pilot.stop_met_at == LATER
    assert actions.go_on(pilot, "One bad week", by=world.lead, at=LATER)
    assert not actions.go_on(pilot, "One bad week", by=world.lead, at=LATER)
    pilot.refresh_from_db()
    assert pilot.stop_met_at is None


def test_a_slip_of_the_hand_at_the_line_is_gone_with_its_correction(world: World) -> None:
    pilot = a_running_pilot(world)
    measure = pilot.measures.get()
    read(measure, world, DAY, 90)
    pilot.refresh_from_db()
    assert pilot.stop_met_at == NOW
    read(measure, world, DAY, 8)
    pilot.refresh_from_db()
    assert pilot.stop_met_at is None


def test_a_figure_at_the_line_is_noted_though_a_later_one_came_with_it(world: World) -> None:
    pilot = a_running_pilot(world)
    drafts = [PilotReadingDraft(DAY, Decimal(40)), PilotReadingDraft(DAY + WEEK, Decimal(5))]
    actions.add_readings(pilot.measures.get(), drafts, by=None, at=LATER)
    pilot.refresh_from_db()
    assert pilot.stop_met_at == LATER


def test_what_was_decided_upon_is_not_noted_again(world: World) -> None:
    pilot = a_running_pilot(world)
    measure = pilot.measures.get()
    read(measure, world, DAY, 40)
    actions.go_on(pilot, "One bad day", by=world.lead, at=LATER)
    read(measure, world, DAY + WEEK, 5, at=LATER + WEEK)
    pilot.refresh_from_db()
    assert pilot.stop_met_at is None


def test_where_more_is_better_less_is_at_the_line(world: World) -> None:
    measure = a_measure(world, a_pilot(world), better="up", stop_at=Decimal(30))
    assert measure.says_stop(Decimal(30))
    assert not measure.says_stop(Decimal(31))
