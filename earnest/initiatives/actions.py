"""Beginning an initiative, and putting people on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation, Role
from earnest.people.models import Person


@dataclass(frozen=True, slots=True)
class Why:
    """Why a person is on an initiative (3.6)."""

    is_affected: bool = False
    has_data: bool = False
    can_help: bool = False


@transaction.atomic
def start_initiative(
    workspace: Workspace, *, title: str, target: str, by: User, at: datetime
) -> Initiative:
    """Begin an initiative from its target; whoever begins it leads it (4.3)."""
    initiative = Initiative.objects.create(
        workspace=workspace, title=title, target=target, made_by=by, made_at=at
    )
    Role.objects.create(initiative=initiative, user=by, kind=Role.Kind.LEAD, since=at)
    events.record("initiative_started", by=by, at=at, about=initiative)
    return initiative


@transaction.atomic
def put_on(
    initiative: Initiative,
    person: Person,
    *,
    held_by: User,
    by: User,
    at: datetime,
    why: Why | None = None,
) -> Participation:
    """Put a person on the initiative, held by one lead. Who is on it already stays as they are."""
    reasons = why or Why()
    participation, added = Participation.objects.get_or_create(
        person=person,
        initiative=initiative,
        defaults={
            "held_by": held_by,
            "since": at,
            "is_affected": reasons.is_affected,
            "has_data": reasons.has_data,
            "can_help": reasons.can_help,
        },
    )
    if added:
        _count_people(initiative, 1)
        events.record("person_put_on", by=by, at=at, about=participation)
    return participation


@transaction.atomic
def put_many_on(initiative: Initiative, people: Iterable[Person], *, by: User, at: datetime) -> int:
    """Put many people on the initiative at once, held by ``by``. Returns how many are new on it."""
    there = set(initiative.participations.values_list("person_id", flat=True))
    new = [
        Participation(person=person, initiative=initiative, held_by=by, since=at)
        for person in people
        if person.pk not in there
    ]
    Participation.objects.bulk_create(new, batch_size=2000)
    _count_people(initiative, len(new))
    events.record("people_put_on", by=by, at=at, about=initiative, detail={"count": len(new)})
    return len(new)


def _count_people(initiative: Initiative, change: int) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(people_count=F("people_count") + change)
    initiative.people_count += change
