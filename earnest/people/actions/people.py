"""Adding and changing people, their own words about their work, and when they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.people import names, queries
from earnest.people.actions.refusals import Refused
from earnest.people.models import Away, Person, Team, Tie


@dataclass(frozen=True, slots=True)
class Named:
    """A person as written: a name, and an address where there is one."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What the directory holds of a person. Their goals are written elsewhere, by leads."""

    name: str
    email: str = ""
    job: str = ""
    team: Team | None = None
    manager: Person | None = None
    time_zone: str = ""
    language: str = ""


@transaction.atomic
def add_people(workspace: Workspace, named: list[Named], *, by: User, at: datetime) -> list[Person]:
    """Find or add each person, in the order given, in a handful of queries.

    The same address is the same person. A name without an address finds the one person of that
    name; where several share it, a new person is added, for nobody may be mixed up.
    """
    queries.lock_directory(workspace)
    clean = [Named(names.clean_name(one.name), names.clean_address(one.email)) for one in named]
    people = _found_or_new(workspace, clean)
    fresh = list({id(person): person for person in people if not person.pk}.values())
    Person.objects.bulk_create(fresh)
    events.record(
        "people_added",
        by=by,
        at=at,
        workspace_id=workspace.pk,
        detail={"count": len(people), "new": len(fresh)},
    )
    return people


def _found_or_new(workspace: Workspace, named: list[Named]) -> list[Person]:
    """The person for each, those not there yet still unsaved."""
    by_email, by_name = _those_there(workspace, named)
    people = []
    for one in named:
        same = by_name.setdefault(one.name.casefold(), [])
        person = by_email.get(one.email) if one.email else same[0] if len(same) == 1 else None
        if person is None:
            person = Person(workspace=workspace, name=one.name, email=one.email)
            same.append(person)
            if one.email:
                by_email[one.email] = person
        people.append(person)
    return people


def _those_there(
    workspace: Workspace, named: list[Named]
) -> tuple[dict[str, Person], dict[str, list[Person]]]:
    here = Person.objects.present().filter(workspace=workspace).order_by("pk")
    emails = {one.email for one in named if one.email}
    bare = {one.name for one in named if not one.email}
    addressed = here.annotate(address=Lower("email")).filter(address__in=emails)
    called = here.annotate(called=Lower("name")).filter(called__in={*map(str.lower, bare)})
    by_name: dict[str, list[Person]] = {}
    for person in {p.pk: p for p in [*called, *here.filter(name__in=bare)]}.values():
        by_name.setdefault(person.name.casefold(), []).append(person)
    return {person.email.lower(): person for person in addressed}, by_name


@transaction.atomic
def add_person(
    workspace: Workspace, details: Details, *, by: User, at: datetime, is_example: bool = False
) -> Person:
    """Add one person by hand. Raises Refused where the address is somebody's already."""
    queries.lock_directory(workspace)
    person = Person(workspace=workspace, is_example=is_example)
    _check(person, details)
    _take(person, details)
    person.team_since = at if person.team else None
    person.save()
    _tie_to_manager(person)
    events.record("person_added", by=by, at=at, about=person)
    return person


@transaction.atomic
def change_person(person: Person, details: Details, *, by: User, at: datetime) -> Person:
    """Change what the directory holds of a person. Raises Refused with the field and the reason."""
    queries.lock_directory(person.workspace)
    person.refresh_from_db()
    _check(person, details)
    changed = _take(person, details)
    if not changed:
        return person
    if "email" in changed:
        person.email_changed_at = at
    if "team" in changed:
        person.team_since = at if person.team else None
    person.save(update_fields=[*changed, "email_changed_at", "team_since"])
    if "manager" in changed:
        _tie_to_manager(person)
    events.record(
        "person_changed", by=by, at=at, about=person, detail={"fields": ", ".join(changed)}
    )
    return person


def _check(person: Person, details: Details) -> None:
    here = Person.objects.present().filter(workspace_id=person.workspace_id).exclude(pk=person.pk)
    email = names.clean_address(details.email)
    if email and queries.with_address(here, email).exists():
        raise Refused("email", _("Somebody in the directory has this address already."))
    above: Person | None = details.manager
    seen: set[int] = set()
    while above and above.pk not in seen:
        if above.pk == person.pk:
            raise Refused("manager", _("They would report to each other in a circle."))
        seen.add(above.pk)
        above = above.manager


def _take(person: Person, details: Details) -> list[str]:
    """Set what differs; returns the names of those fields."""
    wanted = {
        "name": names.clean_name(details.name),
        "email": names.clean_address(details.email),
        "job": names.clean_name(details.job),
        "team": details.team,
        "manager": details.manager,
        "time_zone": details.time_zone,
        "language": details.language,
    }
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    for field in changed:
        setattr(person, field, wanted[field])
    return changed


def _tie_to_manager(person: Person) -> None:
    """The tie says what the manager says: one, or none."""
    Tie.objects.filter(person=person, kind=Tie.Kind.REPORTS_TO).delete()
    if person.manager_id:
        Tie.objects.create(
            person=person, other_id=person.manager_id, kind=Tie.Kind.REPORTS_TO, source="directory"
        )


@transaction.atomic
def write_own_work(
    person: Person, *, goals: str, measures: str, by: User | None, at: datetime
) -> Person:
    """Note a person's own goals and how they measure a good job, in their words (1.6).

    ``by`` is None where they wrote it themselves: then no lead writes over it. What a lead notes
    for them lies on the initiative, see ``initiatives.actions.write_own_work``.
    """
    person.own_goals, person.own_measures = goals.strip(), measures.strip()
    person.own_work_at = at if by is None and person.own_work else None
    person.save(update_fields=["own_goals", "own_measures", "own_work_at"])
    events.record("own_work_written", by=by, at=at, about=person)
    return person


@transaction.atomic
def note_away(
    person: Person, *, first_day: date, last_day: date, by: User | None, at: datetime
) -> Away:
    """Note days a person is not there; silence in them says nothing (2.1)."""
    if last_day < first_day:
        raise Refused("last_day", _("The last day lies before the first."))
    away, added = Away.objects.get_or_create(person=person, first_day=first_day, last_day=last_day)
    if added:
        events.record("away_noted", by=by, at=at, about=person)
    return away


@transaction.atomic
def remove_away(away: Away, *, by: User | None, at: datetime) -> None:
    """Take days away off again. Doing it twice is no harm."""
    removed, _rows = Away.objects.filter(pk=away.pk).delete()
    if removed:
        events.record("away_removed", by=by, at=at, about=away.person)
