"""A pilot from its plan to its end: small, with dates, measures, and what would make us stop (1.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.engine.groups import FEWEST
from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team
from earnest.pilots import queries
from earnest.pilots.actions.first import settle
from earnest.pilots.actions.measures import PilotOver, renew_effect
from earnest.pilots.models import Pilot, PilotMeasure, PilotPerson, PilotStep, Volunteer

CHANGEABLE = frozenset({"what", "stop_if", "starts_on", "ends_on"})
AT_ONCE = 500
Kind = PilotStep.Kind


class OutOfOrder(Exception):
    """The last day would lie before the first."""


class EndsLater(Exception):
    """It goes on until that day, or longer, already."""


class NotYet(Exception):
    """Something is missing before it can start, with what it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class PilotDraft:
    """Small: one part, from when to when, and what would make us stop."""

    part: str
    what: str
    stop_if: str
    starts_on: date
    ends_on: date
    team: Team | None = None


@transaction.atomic
def plan_pilot(
    initiative: Initiative,
    draft: PilotDraft,
    *,
    by: User,
    at: datetime,
    volunteer: Volunteer | None = None,
) -> Pilot:
    """With a part that said yes: to going first, or by asking for it (then the caller says so).

    Raises VolunteerSettled.
    """
    if volunteer:
        settle(volunteer, "", by=by, at=at)
    pilot = Pilot.objects.create(
        initiative=initiative,
        volunteer=volunteer,
        part=draft.part[:120],
        team=draft.team,
        what=draft.what,
        stop_if=draft.stop_if,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        by=by,
        made_at=at,
    )
    events.record("pilot_planned", by=by, at=at, about=pilot)
    if volunteer:
        _put_in(pilot, [volunteer.participation_id], at=at)
    bring_part_in(pilot, at=at)
    return pilot


@transaction.atomic
def change_pilot(pilot: Pilot, changes: dict[str, str | date], *, by: User, at: datetime) -> None:
    """Before it starts everything can change; then its words alone.

    Raises OutOfOrder, where somebody moved the other day meanwhile, and PilotOver.
    """
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise ValueError(f"not changed here: {', '.join(sorted(unknown))}")
    row = _held(pilot)
    if row.started_at and changes.keys() & {"starts_on", "ends_on"}:
        raise ValueError("a pilot that runs is extended, with its reason")
    for name, value in changes.items():
        setattr(row, name, value)
    if row.ends_on < row.starts_on:
        raise OutOfOrder
    row.save(update_fields=sorted(changes))
    if "starts_on" in changes:
        _renew_effects(row, at=at)
    which = ",".join(sorted(changes))
    events.record("pilot_changed", by=by, at=at, about=pilot, detail={"fields": which})


@transaction.atomic
def start_pilot(pilot: Pilot, *, by: User, at: datetime) -> None:
    """From now on it runs: its people see so, and readings are due.

    Raises NotYet where nothing would be measured, or its last day is over; PilotOver.
    """
    row = _held(pilot)
    missing = queries.missing_to_start(row, today=row.initiative.workspace.day(at))
    if missing:
        raise NotYet(missing)
    if not Pilot.objects.filter(pk=row.pk, started_at=None).update(started_at=at):
        raise PilotOver
    row.started_at = at
    for one in row.measures.all():
        PilotMeasure.objects.filter(pk=one.pk).update(due_on=queries.due_on(one))
    _renew_effects(row, at=at)
    bring_part_in(row, at=at)
    _note(row, Kind.STARTED, "", by=by, at=at)


def _renew_effects(row: Pilot, *, at: datetime) -> None:
    for one in row.measures.all():
        renew_effect(one, at=at)


@transaction.atomic
def extend_pilot(pilot: Pilot, ends_on: date, why: str, *, by: User, at: datetime) -> None:
    """It goes on for longer, with the reason, which everyone in it reads. Raises EndsLater, PilotOver."""
    row = _held(pilot)
    shorter = Pilot.objects.filter(pk=row.pk, ends_on__lt=ends_on)
    if not shorter.update(ends_on=ends_on, stop_met_at=None):
        raise EndsLater
    row.ends_on = ends_on
    _note(row, Kind.EXTENDED, why, by=by, at=at)


@transaction.atomic
def go_on(pilot: Pilot, why: str, *, by: User, at: datetime) -> bool:
    """What would make us stop has come, and it goes on all the same: why, for all to read.

    False where somebody said so before. Raises PilotOver.
    """
    row = _held(pilot)
    met = Pilot.objects.filter(pk=row.pk).exclude(stop_met_at=None)
    if not met.update(stop_met_at=None):
        return False
    _note(row, Kind.WENT_ON, why, by=by, at=at)
    return True


@transaction.atomic
def stop_pilot(pilot: Pilot, why: str, *, by: User, at: datetime) -> None:
    """Before its time, and why. Raises PilotOver."""
    _finish(_held(pilot), Kind.STOPPED, why, by=by, at=at)


@transaction.atomic
def end_pilot(pilot: Pilot, why: str, *, by: User, at: datetime) -> None:
    """Its time is over. Raises PilotOver."""
    _finish(_held(pilot), Kind.ENDED, why, by=by, at=at)


def _finish(row: Pilot, kind: Kind, why: str, *, by: User, at: datetime) -> None:
    when = "stopped_at" if kind == Kind.STOPPED else "ended_at"
    Pilot.objects.filter(pk=row.pk).update(**{when: at, "why": why, "stop_met_at": None})
    row.measures.update(due_on=None)
    _note(row, kind, why, by=by, at=at)


def _held(pilot: Pilot) -> Pilot:
    """The row as it is now, locked. Raises PilotOver."""
    rows = Pilot.objects.select_for_update(of=("self",)).select_related("initiative__workspace")
    row = rows.get(pk=pilot.pk)
    if row.is_over:
        raise PilotOver
    return row


def _note(row: Pilot, kind: Kind, why: str, *, by: User, at: datetime) -> None:
    PilotStep.objects.create(pilot=row, kind=kind, why=why, ends_on=row.ends_on, by=by, at=at)
    events.record(f"pilot_{kind}", by=by, at=at, about=row)


@transaction.atomic
def bring_part_in(pilot: Pilot, *, at: datetime) -> int:
    """Everyone on the initiative who is in this team, or in one below it, but for whom a lead said is
    not in it; whom it brought in, and who is there no more, is in it no more. Returns how many are
    new."""
    gone, _rows = PilotPerson.objects.filter(pk__in=queries.moved_away(pilot)).delete()
    if gone:
        events.record("pilot_people_moved_away", at=at, about=pilot, detail={"count": gone})
    new = _put_in(pilot, queries.newcomers(pilot)[:AT_ONCE], by_team=True, at=at)
    if new:
        events.record("pilot_part_brought_in", at=at, about=pilot, detail={"count": new})
    return new


@transaction.atomic
def add_person(pilot: Pilot, whom: Participation, *, by: User, at: datetime) -> bool:
    """Somebody of the part: they see on their page that it runs. Raises AskedToStop, PilotOver."""
    whom.refuse_if_stopped()
    row = _held(pilot)
    if not _put_in(row, [whom.pk], at=at):
        return False
    events.record("pilot_person_added", by=by, at=at, about=row)
    return True


@transaction.atomic
def remove_person(there: PilotPerson, *, by: User, at: datetime) -> bool:
    """Not of this part after all, and not by their team again; a lead may still add them."""
    pilot = Pilot.objects.select_for_update().get(pk=there.pilot_id)
    if not PilotPerson.objects.filter(pk=there.pk, left_at=None).update(left_at=at):
        return False
    recount_people(pilot)
    events.record("pilot_person_removed", by=by, at=at, about=there.pilot)
    return True


def _put_in(pilot: Pilot, people: list[int], *, by_team: bool = False, at: datetime) -> int:
    """Inside a transaction; who had left is in it again where they are named. Returns how many."""
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    named = pilot.people.filter(participation__in=people)
    back = named.exclude(left_at=None).update(left_at=None, since=at, by_team=by_team)
    there = set(named.values_list("participation", flat=True))
    rows = [
        PilotPerson(pilot=pilot, participation_id=pk, since=at, by_team=by_team)
        for pk in dict.fromkeys(people)
        if pk not in there
    ]
    PilotPerson.objects.bulk_create(rows)
    recount_people(pilot)
    return len(rows) + back


def recount_people(pilot: Pilot) -> None:
    """How many are in it and did not ask for quiet, stored: pages never count rows."""
    there = pilot.people.filter(
        left_at=None, participation__in=Participation.objects.may_be_asked()
    )
    Pilot.objects.filter(pk=pilot.pk).update(people_count=there.count())
    _look_at_rests(pilot.initiative_id)


def _look_at_rests(initiative_pk: int) -> None:
    """Of all pilots of an initiative: is what is left of one, without one inside it or all of these,
    fewer than five people?"""
    inside = queries.people_in_pilots(initiative_pk)
    few = {pk for pk, people in inside.items() if _leaves_few(people, inside.values())}
    rows = Pilot.objects.filter(initiative=initiative_pk)
    rows.filter(pk__in=few, rest_is_few=False).update(rest_is_few=True)
    rows.filter(rest_is_few=True).exclude(pk__in=few).update(rest_is_few=False)


def _leaves_few(people: set[int], others: Iterable[set[int]]) -> bool:
    within = [one for one in others if len(one) >= FEWEST and one < people]
    rests = [people - one for one in within] + [people.difference(*within)] * bool(within)
    return any(0 < len(rest) < FEWEST for rest in rests)
