"""A backup into PostgreSQL: everything in one transaction, compared before it is committed."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from earnest.cli import database, restore
from earnest.cli.copies import archive, postgresql
from earnest.cli.stop import Stop

if TYPE_CHECKING:
    from psycopg import Cursor

    from earnest.cli.copies.manifest import Manifest
    from earnest.cli.restore import Plan, Restored
    from earnest.pages.queries.since import Since

# Whoever restores gives way: they wait so shortly that nobody else is thrown out for waiting in a
# circle, and try again.
WAITS, TRIES, PAUSE_SECONDS = "300ms", 200, 0.1
GIVE_WAY = {"40P01", "55P03"}  # a circle, or not in time
LINKS = """SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"""


def bring_back(plan: Plan) -> Restored:
    """Whoever uses a table waits until it is over, and goes on with what was restored."""
    import psycopg
    from django.db import OperationalError

    database.bring_up_to_date()  # an empty database has its tables then
    for left in reversed(range(TRIES)):
        try:
            return _in_one_transaction(plan)
        # Django's own where the statement went through Django, the driver's where it did not.
        except (OperationalError, psycopg.OperationalError) as error:
            if getattr(error.__cause__ or error, "sqlstate", "") not in GIVE_WAY:
                raise
            if not left:
                raise Stop(
                    "people write here without a pause; try again. Nothing changed."
                ) from error
            time.sleep(PAUSE_SECONDS)
    raise AssertionError


def _in_one_transaction(plan: Plan) -> Restored:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as wrapped:
        cursor: Cursor[Any] = wrapped.cursor
        postgresql.speak_plainly(cursor)
        _lock(cursor)
        known, counters = _what_is_known(plan), postgresql.sequences(cursor)
        if set(plan.said.migrations) != _applied():
            _as_it_was_then(cursor, plan.said)
        _fill(cursor, plan)
        _count_on(cursor, plan.said, counters)
        _migrate(cursor)
        right = restore.make_right(plan, known)
        _search_anew()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return restore.Restored(right)


def _what_is_known(plan: Plan) -> Since:
    from earnest.pages.queries.since import Since, since

    return since(plan.backup_at) if restore.holds_something() else Since()


def _lock(cursor: Cursor[Any]) -> None:
    """Every table, those that point to others first: whoever wrote to one can still finish."""
    names = {shape.name for shape in postgresql.shapes(cursor)}
    cursor.execute(LINKS)
    links = [(child.strip('"'), parent.strip('"')) for child, parent in cursor.fetchall()]
    cursor.execute(f"SET LOCAL lock_timeout = '{WAITS}'")
    listed = ", ".join(f'"{name}"' for name in children_first(names, links))
    cursor.execute(f"LOCK TABLE {listed} IN ACCESS EXCLUSIVE MODE")
    cursor.execute("SET LOCAL lock_timeout = 0")


def children_first(names: set[str], links: list[tuple[str, str]]) -> list[str]:
    """Each table after all that point to it; where they point in a circle, by name."""
    order: list[str] = []
    left = set(names)
    while left:
        held = {parent for child, parent in links if child in left and child != parent}
        free = sorted(left - held) or [min(left)]
        order += free
        left -= set(free)
    return order


def _applied() -> set[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    return {f"{app}.{name}" for app, name in applied}


def _as_it_was_then(cursor: Cursor[Any], said: Manifest) -> None:
    """The tables of the version that wrote it: made anew by the migrations it had."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    for name in connection.introspection.table_names():
        cursor.execute(f'DROP TABLE "{name}" CASCADE')
    executor = MigrationExecutor(connection, _settled(cursor))
    executor.migrate(_newest(executor, set(said.migrations)))


def _newest(executor: Any, had: set[str]) -> list[tuple[str, str]]:
    """Of each app the migrations that no other of it follows."""
    nodes = executor.loader.graph.node_map
    there = {key for key in nodes if f"{key[0]}.{key[1]}" in had}
    followed = {
        parent.key for key in there for parent in nodes[key].parents if parent.key[0] == key[0]
    }
    return sorted(there - followed)


def _settled(cursor: Cursor[Any]) -> Callable[..., None]:
    """What waits to be checked at the end is checked now: a table can only be changed then."""

    def settle(*_args: object, **_words: object) -> None:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return settle


def _fill(cursor: Cursor[Any], plan: Plan) -> None:
    """Every table emptied, filled, and read again: the same bytes, or nothing is restored."""
    shapes = {shape.name: shape for shape in postgresql.shapes(cursor)}
    if set(shapes) != set(plan.said.tables):
        raise Stop(f"{plan.file} holds other tables than this version. Nothing was changed.")
    names = ", ".join(f'"{name}"' for name in shapes)
    cursor.execute(f"TRUNCATE {names}")
    with zipfile.ZipFile(plan.file) as whole:
        for name, shape in shapes.items():
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
            postgresql.fill(cursor, shape, archive.pieces(whole, f"tables/{name}.txt"))
    _settled(cursor)()
    for name, shape in shapes.items():
        if postgresql.digest(cursor, shape) != plan.said.tables[name]:
            raise Stop(f"{name} did not come back as it was. Nothing was changed.")
        cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


def _count_on(cursor: Cursor[Any], said: Manifest, counters: dict[str, int]) -> None:
    """A number that was given once is never given to anything else."""
    for name in postgresql.sequences(cursor):
        last = max(said.sequences.get(name, 0), counters.get(name, 0))
        cursor.execute("SELECT setval(%s, %s, %s)", (f'"{name}"', max(last, 1), last > 0))


def _migrate(cursor: Cursor[Any]) -> None:
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection, _settled(cursor))
    targets = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(targets):
        executor.migrate(targets)
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def _search_anew() -> None:
    """The index of the search is no part of a backup: it is made from the rows."""
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("earnest.pages.search"):
        import_module("earnest.pages.search.index").rebuild()
