"""A question, a yes, and a pilot that runs, for tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.people import actions as people
from earnest.people.models import Team
from earnest.pilots import actions
from earnest.pilots.actions import (
    CallDraft,
    Offer,
    PilotDraft,
    PilotMeasureDraft,
    PilotReadingDraft,
)
from earnest.pilots.models import (
    Call,
    Pilot,
    PilotMeasure,
    PilotReading,
    ReadingCame,
    ReadingDoor,
    Volunteer,
)
from tests.worlds import NOW, World

WHAT, TAKES = "One owner for each request", "Two hours a week for eight weeks; we take the reports."
STOP = "If anybody waits longer than now"
DAY = NOW.date()
WHY = "Seen enough"
COMPARISON = PilotReading.Group.COMPARISON


def a_call(world: World, *, at: datetime = NOW) -> Call:
    draft = CallDraft(WHAT, TAKES)
    return actions.ask_who_goes_first(world.initiative, draft, by=world.lead, at=at)


def a_yes(
    call: Call, whose: Participation, part: str = "Ward 3", *, at: datetime = NOW, **more: Any
) -> Volunteer:
    return actions.volunteer(call, whose, Offer(part, **more), by=None, at=at)


def a_pilot(
    world: World, *, volunteer: Volunteer | None = None, at: datetime = NOW, **more: Any
) -> Pilot:
    given = {
        "part": "Ward 3",
        "what": WHAT,
        "stop_if": STOP,
        "starts_on": DAY,
        "ends_on": DAY + timedelta(weeks=8),
        **more,
    }
    return actions.plan_pilot(
        world.initiative, PilotDraft(**given), volunteer=volunteer, by=world.lead, at=at
    )


def a_measure(world: World, pilot: Pilot, **more: Any) -> PilotMeasure:
    given = {"name": "Days until there is an owner", "unit": "days", "better": "down", **more}
    return actions.add_measure(pilot, PilotMeasureDraft(**given), by=world.lead, at=NOW)


def a_running_pilot(world: World, **more: Any) -> Pilot:
    pilot = a_pilot(world, **more)
    a_measure(world, pilot, stop_at=Decimal(9))
    actions.start_pilot(pilot, by=world.lead, at=NOW)
    pilot.refresh_from_db()
    return pilot


def read(
    measure: PilotMeasure, world: World, on: date, value: float, *, at: datetime = NOW, **more: Any
) -> actions.Taken:
    draft = PilotReadingDraft(on, Decimal(str(value)), **more)
    return actions.add_readings(measure, [draft], by=world.lead, at=at)


def a_team(world: World, name: str, *, parent: Team | None = None, people_in: int = 0) -> Team:
    """A team with so many people in it, none of whom is on the initiative."""
    team = Team.objects.create(workspace=world.workspace, name=name, parent=parent)
    named = [people.Named(f"{name} {number}") for number in range(people_in)]
    made = people.add_people(world.workspace, named, by=world.lead, at=NOW) if named else []
    for one in made:
        type(one).objects.filter(pk=one.pk).update(team=team)
    return team


def on_it(world: World, name: str, team: Team) -> Participation:
    (person,) = people.add_people(world.workspace, [people.Named(name)], by=world.lead, at=NOW)
    type(person).objects.filter(pk=person.pk).update(team=team)
    person.refresh_from_db()
    return initiatives.put_on(world.initiative, person, held_by=world.lead, by=world.lead, at=NOW)


def furnish_pilots(world: World) -> dict[str, Any]:
    """One of each thing of pilots that has an address: a yes that waits, and a pilot that runs."""
    call = a_call(world)
    pilot = a_running_pilot(world)
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)
    measure = pilot.measures.get()
    read(measure, world, DAY, 12)
    actions.open_reading_door(measure, by=world.lead, at=NOW)
    door = ReadingDoor.objects.get(measure=measure)
    came = ReadingCame.objects.create(door=door, key="one", digest="x", body="{}", at=NOW)
    return {
        "call": call.pk,
        "yes": a_yes(call, world.joan, words="We lose a day").pk,
        "pilot": pilot.pk,
        "pilot_person": pilot.people.get(participation=world.joan).pk,
        "pilot_measure": measure.pk,
        "pilot_reading": measure.readings.get().pk,
        "reading_address": door.address,
        "reading_came": came.pk,
    }
