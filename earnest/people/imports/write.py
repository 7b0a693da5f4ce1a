"""Carries a plan out: in one transaction, in a few large statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.people import queries
from earnest.people.imports.plan import Directory, Plan, make_plan
from earnest.people.imports.problems import Problem
from earnest.people.imports.rows import Written
from earnest.people.models import Person, Team, Tie

BATCH = 2000
SOURCE = "import"
FILLED = ("job", "time_zone", "language", "own_goals", "own_measures")


class BadRows(Exception):
    """Some lines cannot be imported, and nobody chose to leave them out."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Everyone the file named, as keys of people, and how many were which."""

    people: list[int]
    new: int
    known: int
    bad: int
    problems: list[Problem]


def load_directory(workspace_id: int) -> Directory:
    """The people of a workspace as a plan needs them; three columns, no objects."""
    by_email: dict[str, int] = {}
    by_name: dict[str, int] = {}
    manager_of: dict[int, int] = {}
    there = Person.objects.present().filter(workspace_id=workspace_id).order_by()
    for pk, name, email, manager in there.values_list("pk", "name", "email", "manager_id").iterator(
        chunk_size=BATCH
    ):
        by_name[name.casefold()] = 0 if name.casefold() in by_name else pk
        if email:
            by_email[email.lower()] = pk
        if manager:
            manager_of[pk] = manager
    return Directory(by_email, by_name, manager_of)


@transaction.atomic
def write_people(
    workspace: Workspace,
    read: Iterable[Written | Problem],
    *,
    skip_bad: bool,
    by: User,
    at: datetime,
) -> ImportResult:
    """Write everyone read, or nobody. Raises BadRows where lines are bad and not to be skipped.

    The plan is made anew under the lock: what changed since the preview is seen. Known people
    keep what they have; only what was empty is filled.
    """
    queries.lock_directory(workspace)
    plan = make_plan(read, load_directory(workspace.pk))
    if plan.problems and not skip_bad:
        raise BadRows(plan)
    new, known = plan.new, plan.known
    teams = _ensure_teams(workspace, {row.team for row in plan.people.values() if row.team})
    keys = _add_new(workspace, plan, teams)
    _fill_known(plan, teams)
    _tie_to_managers(workspace, plan, keys)
    counts: events.Detail = {"new": new, "known": known, "bad": len(plan.problems)}
    events.record("people_imported", by=by, at=at, workspace_id=workspace.pk, detail=counts)
    everyone = [keys.get(person, person) for person in plan.people]
    return ImportResult(everyone, new, known, len(plan.problems), plan.problems)


def _ensure_teams(workspace: Workspace, paths: set[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """The team at the end of each path, made where it was missing, level by level."""
    tree = queries.TeamTree(workspace)
    found = {path: tree.find(path) for path in paths}
    missing = sorted(path for path, pk in found.items() if not pk)
    for depth in range(1, max(map(len, missing), default=0) + 1):
        level = {path[:depth] for path in missing if len(path) >= depth}
        fresh = {_folded(path): path for path in sorted(level) if not tree.at(path)}
        made = Team.objects.bulk_create(
            Team(workspace=workspace, name=path[-1], parent_id=tree.at(path[:-1]) or None)
            for path in fresh.values()
        )
        for path, team in zip(fresh.values(), made, strict=True):
            tree.add(path, team.pk)
    return {path: pk or tree.at(path) for path, pk in found.items()}


def _folded(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in path)


def _add_new(workspace: Workspace, plan: Plan, teams: dict[tuple[str, ...], int]) -> dict[int, int]:
    """Insert who is new; returns the key each was given."""
    keys: dict[int, int] = {}
    for batch in batched((one for one in plan.people if one < 0), BATCH, strict=False):
        rows = [plan.people[one] for one in batch]
        made = Person.objects.bulk_create([_person(workspace, row, teams) for row in rows])
        keys.update(zip(batch, (person.pk for person in made), strict=True))
    return keys


def _person(workspace: Workspace, row: Written, teams: dict[tuple[str, ...], int]) -> Person:
    return Person(
        workspace_id=workspace.pk,
        name=row.name,
        email=row.email,
        team_id=teams.get(row.team),
        **{field: getattr(row, field) for field in FILLED},
    )


def _fill_known(plan: Plan, teams: dict[tuple[str, ...], int]) -> None:
    """Fill what is empty of known people, and touch nothing else."""
    for batch in batched((one for one in plan.people if one > 0), BATCH, strict=False):
        there = Person.objects.select_for_update(no_key=True).filter(pk__in=batch).order_by("pk")
        changed = [person for person in there if _fill(person, plan.people[person.pk], teams)]
        _store_filled(changed)


def _fill(person: Person, row: Written, teams: dict[tuple[str, ...], int]) -> bool:
    changed = False
    for name in FILLED:
        if getattr(row, name) and not getattr(person, name):
            setattr(person, name, getattr(row, name))
            changed = True
    if row.team and not person.team_id:
        person.team_id = teams[row.team]
        changed = True
    return changed


def _store_filled(people: list[Person]) -> None:
    """One statement for many rows: an insert that always meets its row, and updates it.

    The address is left out, so that its own uniqueness is not asked.
    """
    for person in people:
        person.email = ""
    Person.objects.bulk_create(
        people,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*FILLED, "team"],
    )


def _tie_to_managers(workspace: Workspace, plan: Plan, keys: dict[int, int]) -> None:
    """Ties first, then every empty manager from its tie: no order among the lines is needed."""
    if not plan.manager_of:
        return
    ties = (
        (keys.get(person, person), keys.get(manager, manager), Tie.Kind.REPORTS_TO.value, SOURCE)
        for person, manager in plan.manager_of.items()
    )
    # By hand, for a hundred thousand objects would take longer than all the rest.
    with connection.cursor() as cursor:
        for batch in batched(ties, BATCH, strict=False):
            cursor.executemany(_TIE, batch)
    boss = Tie.objects.filter(person=OuterRef("pk"), kind=Tie.Kind.REPORTS_TO)
    Person.objects.filter(workspace=workspace, manager=None, ties__kind=Tie.Kind.REPORTS_TO).update(
        manager_id=Subquery(boss.values("other_id")[:1])
    )


_TIE = (
    f"INSERT INTO {Tie._meta.db_table} (person_id, other_id, kind, source, weight)"  # noqa: S608
    " VALUES (%s, %s, %s, %s, 1) ON CONFLICT DO NOTHING"
)
