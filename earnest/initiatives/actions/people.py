"""Putting people on an initiative, saying why, handing them over, taking them off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.actions.erasing import erase_pointers_to
from earnest.initiatives.actions.erasing_people import cut_loose
from earnest.initiatives.actions.roles import need_to_lead
from earnest.initiatives.models import Initiative, Participation
from earnest.people.actions import Named, add_people
from earnest.people.models import Person


class ObjectionStands(Exception):
    """The person asked to be left alone here; taking them off would forget that."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a person is on an initiative (3.6)."""

    is_affected: bool = False
    has_data: bool = False
    can_help: bool = False


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
    """Put a person on the initiative, held by one lead. Who is on it already stays as they are.

    Raises NotALead.
    """
    participation, added = Participation.objects.get_or_create(
        person=person,
        initiative=initiative,
        defaults={"held_by": held_by, "since": at, **asdict(why or Why())},
    )
    if added:
        need_to_lead(initiative.pk, held_by)
        _count_people(initiative, 1)
        events.record("person_put_on", by=by, at=at, about=participation)
    return participation


@transaction.atomic
def put_many_on(
    initiative: Initiative,
    people: Iterable[Person],
    *,
    by: User,
    at: datetime,
    held_by: User | None = None,
    why: Why | None = None,
) -> int:
    """Put many people on the initiative at once, held by one lead (``by``, unless said otherwise).

    Returns how many are new on it; who is on it already stays as they are. Raises NotALead.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)  # two pastes at once: one waits
    there = set(initiative.participations.values_list("person_id", flat=True))
    holder, reasons = held_by or by, asdict(why or Why())
    need_to_lead(initiative.pk, holder)
    new = [
        Participation(person=person, initiative=initiative, held_by=holder, since=at, **reasons)
        for person in {p.pk: p for p in people}.values()
        if person.pk not in there
    ]
    Participation.objects.bulk_create(new, batch_size=2000)
    _count_people(initiative, len(new))
    events.record("people_put_on", by=by, at=at, about=initiative, detail={"count": len(new)})
    return len(new)


@transaction.atomic
def add_and_put_on(
    initiative: Initiative,
    named: list[Named],
    *,
    held_by: User,
    why: Why,
    by: User,
    at: datetime,
) -> int:
    """Find or add the people named, and put them on the initiative. Returns how many are new.

    Raises NotALead.
    """
    found = add_people(initiative.workspace, named, by=by, at=at)
    return put_many_on(initiative, found, by=by, at=at, held_by=held_by, why=why)


@transaction.atomic
def say_why(
    participation: Participation, why: Why, *, held_by: User, by: User, at: datetime
) -> None:
    """Say anew why this person is on it (3.6) and which lead holds them. Raises NotALead."""
    change_why(participation, why, by=by, at=at)
    hand_over(participation, to=held_by, by=by, at=at)


@transaction.atomic
def change_why(participation: Participation, why: Why, *, by: User, at: datetime) -> None:
    """Say anew why this person is on it (3.6)."""
    Participation.objects.filter(pk=participation.pk).update(**asdict(why))
    for name, value in asdict(why).items():
        setattr(participation, name, value)
    events.record("person_why_changed", by=by, at=at, about=participation)


@transaction.atomic
def hand_over(participation: Participation, *, to: User, by: User, at: datetime) -> None:
    """Let another lead hold this person. Raises NotALead; the same holder changes nothing."""
    held = Participation.objects.filter(pk=participation.pk)
    if held.filter(held_by=to).exists():
        return
    need_to_lead(participation.initiative_id, to)
    held.update(held_by=to)
    participation.held_by = to
    events.record("person_handed_over", by=by, at=at, about=participation, detail={"to": to.pk})


def respect_objection(participation: Participation) -> None:
    """Whoever asked for quiet here stays, unasked: put on again, they would be asked again.

    Raises ObjectionStands.
    """
    if Participation.objects.filter(pk=participation.pk, stopped_at__isnull=False).exists():
        raise ObjectionStands


@transaction.atomic
def take_off(participation: Participation, *, by: User, at: datetime) -> None:
    """Take a person off the initiative. The log says that it happened, not of whom.

    They stay in the directory and on other initiatives. Called by ``pages.erasure`` alone, after
    every context above has erased what was theirs here. Raises ObjectionStands.
    """
    initiative = participation.initiative
    respect_objection(participation)
    cut_loose(participation, at=at)
    erase_pointers_to([participation.pk])
    removed = Participation.objects.filter(pk=participation.pk).delete()[1]
    if removed.get(Participation._meta.label):
        _count_people(initiative, -1)
        events.record("person_taken_off", by=by, at=at, about=initiative)


def _count_people(initiative: Initiative, change: int) -> None:
    Initiative.objects.filter(pk=initiative.pk).update(people_count=F("people_count") + change)
    initiative.people_count += change
