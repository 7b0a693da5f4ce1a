"""Take more time: a recorded decision with its cause, sent to everyone concerned (3.17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, ScheduleChange
from earnest.initiatives.queries import RUN_UP
from earnest.plans import telling


class NothingMoves(Exception):
    """Every day is as it was."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Why, and the new days: of the initiative by name, of open steps of the run-up by key."""

    cause: str
    days: dict[str, date] = field(default_factory=dict)
    steps: dict[int, date] = field(default_factory=dict)


@transaction.atomic
def take_more_time(
    initiative: Initiative, more: MoreTime, *, by: User, at: datetime
) -> ScheduleChange:
    """Move the days, record why, and tell the first of everyone on it; the clock tells the rest.

    Days agreed with people, in asks and promises, stay as they are. Raises NothingMoves.
    """
    there = Initiative.objects.select_for_update().get(pk=initiative.pk)
    moved = _move(there, more.days, by=by, at=at) | _move_steps(there, more.steps, by=by, at=at)
    if not moved:
        raise NothingMoves
    change = ScheduleChange.objects.create(
        initiative=there, cause=more.cause, moved=moved, by=by, at=at
    )
    events.record("more_time_taken", by=by, at=at, about=change, detail={"days": len(moved)})
    telling.tell_of_more_time(change, at=at)
    change.refresh_from_db()
    return change


type Moved = dict[str, list[str | None]]


def _move(initiative: Initiative, days: dict[str, date], *, by: User, at: datetime) -> Moved:
    changed = {name: day for name, day in days.items() if getattr(initiative, name) != day}
    moved = {name: _from_to(getattr(initiative, name), day) for name, day in changed.items()}
    if changed:
        initiatives.change_initiative(initiative, dict(changed), by=by, at=at)
    return moved


def _move_steps(initiative: Initiative, days: dict[int, date], *, by: User, at: datetime) -> Moved:
    moved: Moved = {}
    for step in initiative.run_up.filter(pk__in=days, done_at=None):
        if step.on != days[step.pk]:
            moved[f"{RUN_UP}{step.pk}"] = _from_to(step.on, days[step.pk])
            initiatives.change_part(step, {"on": days[step.pk]}, by=by, at=at)
    return moved


def _from_to(was: date | None, now: date) -> list[str | None]:
    return [was.isoformat() if was else None, now.isoformat()]
