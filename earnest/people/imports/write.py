"""Carries a plan out: in one transaction, in a few large statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, transaction

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.people import queries
from earnest.people.imports.plan import Directory, Plan, make_plan
from earnest.people.imports.problems import Problem
from earnest.people.imports.rows import Written
from earnest.people.models import OwnWork, Person, Team, Tie

BATCH = 2000
SOURCE = "import"

type Keys = dict[int, int]  # the key of everyone new, by their number in the plan
type Said = dict[str, str | int | datetime | None]
type Values = tuple[str | int | datetime | None, ...]
type Teams = dict[tuple[str, ...], int]

WORDS = ("job", "time_zone", "language", "own_goals", "own_measures")
FILLED = (*WORDS, "team_id", "manager_id", "team_since")


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
    own_work: dict[int, OwnWork]  # by key, where it was not written to the directory


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
    onto_initiative: bool = False,
) -> ImportResult:
    """Write everyone read, or nobody. Raises BadRows where lines are bad and not to be skipped.

    What people work for goes to the directory, or back to whoever puts them on an initiative: a
    lead's file says nothing to other leads.

    The plan is made anew under the lock: what changed since the preview is seen. Known people
    keep what they have; only what was empty is filled.
    """
    queries.lock_directory(workspace)
    plan = make_plan(read, load_directory(workspace.pk))
    if plan.problems and not skip_bad:
        raise BadRows(plan)
    new, known = plan.new, plan.known
    own_work = _own_work_apart(plan) if onto_initiative else {}
    teams = _ensure_teams(workspace, {row.team for row in plan.people.values() if row.team})
    keys = _reserve_keys(plan)
    _add_new(workspace, plan, teams, keys, at=at)
    _fill_known(plan, teams, keys, at=at)
    _tie_to_managers(plan, keys)
    counts: events.Detail = {"new": new, "known": known, "bad": len(plan.problems)}
    events.record("people_imported", by=by, at=at, workspace_id=workspace.pk, detail=counts)
    everyone = [keys.get(person, person) for person in plan.people]
    apart = {keys.get(person, person): work for person, work in own_work.items()}
    return ImportResult(everyone, new, known, len(plan.problems), plan.problems, apart)


def _own_work_apart(plan: Plan) -> dict[int, OwnWork]:
    """Take what people work for out of the plan."""
    apart = {}
    for person, row in plan.people.items():
        if work := OwnWork(row.own_goals, row.own_measures):
            apart[person] = work
            plan.people[person] = replace(row, own_goals="", own_measures="")
    return apart


def _ensure_teams(workspace: Workspace, paths: set[tuple[str, ...]]) -> Teams:
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


def _add_new(workspace: Workspace, plan: Plan, teams: Teams, keys: Keys, *, at: datetime) -> None:
    """Insert who is new, each with their manager: references are looked at when all are in.

    By hand, for a hundred thousand objects take longer than all the rest, and on SQLite nobody
    else can write meanwhile. The columns come from the model all the same.
    """
    fields = Person._meta.concrete_fields
    blank = Person(workspace_id=workspace.pk)
    values = {f.attname: f.get_db_prep_save(f.value_from_object(blank), connection) for f in fields}
    rows = (
        tuple({**values, **_said(plan, person, teams, keys), **_since(plan, person, at)}.values())
        for person in plan.people
        if person < 0
    )
    _insert_all(Person._meta.db_table, [field.column or "" for field in fields], rows)


def _since(plan: Plan, person: int, at: datetime) -> Said:
    """They are in their team from now on, as far as this file says one."""
    there = at if plan.people[person].team else None
    return {"team_since": _adapted(there)}


def _adapted(moment: Any) -> Any:
    """A moment as the database takes it where a statement is written by hand."""
    return connection.ops.adapt_datetimefield_value(moment)


def _said(plan: Plan, person: int, teams: Teams, keys: Keys) -> Said:
    row, manager = plan.people[person], plan.manager_of.get(person)
    return {
        "id": keys.get(person, person),
        "name": row.name,
        "email": row.email,
        "team_id": teams.get(row.team),
        "manager_id": keys.get(manager, manager) if manager else None,
        **{field: getattr(row, field) for field in WORDS},
    }


def _reserve_keys(plan: Plan) -> Keys:
    """A key for everyone new, taken beforehand, so that managers can be named in any order."""
    new = [person for person in plan.people if person < 0]
    table = Person._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # this transaction is the only one that writes
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return dict(zip(new, range(last + 1, last + 1 + len(new)), strict=True))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, len(new)],
        )
        return dict(zip(new, (key for (key,) in cursor.fetchall()), strict=True))


def _insert_all(table: str, columns: list[str], rows: Iterable[Values], *, anew: str = "") -> None:
    """Insert many rows in large steps; ``anew`` says what to do where one is there already."""
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {table} ({quoted}) VALUES ({marks}) {anew}"  # noqa: S608
    with connection.cursor() as cursor:
        for batch in batched(rows, BATCH, strict=False):
            cursor.executemany(insert, batch)


def _fill_known(plan: Plan, teams: Teams, keys: Keys, *, at: datetime) -> None:
    """Fill what is empty of known people, and touch nothing else."""
    setting = ", ".join(f"{column} = %s" for column in FILLED)
    update = f"UPDATE {Person._meta.db_table} SET {setting} WHERE id = %s"  # noqa: S608
    for batch in batched((one for one in plan.people if one > 0), BATCH, strict=False):
        there = Person.objects.select_for_update(no_key=True).filter(pk__in=batch).order_by("pk")
        changed: list[Values] = []
        for pk, *now in there.values_list("pk", *FILLED):
            was = dict(zip(FILLED, now, strict=True))
            said = _said(plan, pk, teams, keys)
            new = {column: old or said.get(column) for column, old in was.items()}
            if new["team_id"] != was["team_id"]:
                new["team_since"] = at
            if new != was:
                new["team_since"] = _adapted(new["team_since"])
                changed.append((*new.values(), pk))
        with connection.cursor() as cursor:
            cursor.executemany(update, changed)


def _tie_to_managers(plan: Plan, keys: Keys) -> None:
    ties = (
        (keys.get(person, person), keys.get(manager, manager), Tie.Kind.REPORTS_TO.value, SOURCE, 1)
        for person, manager in plan.manager_of.items()
    )
    columns = ["person_id", "other_id", "kind", "source", "weight"]
    _insert_all(Tie._meta.db_table, columns, ties, anew="ON CONFLICT DO NOTHING")
