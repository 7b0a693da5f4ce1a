"""Making the index, and making it anew. Nobody has to: every write is followed at once.

After ``migrate`` all of it stands as it should (``pages/apps.py``), also in the databases of tests;
before one that changes tables the triggers go, because SQLite makes a table anew to change it.
"""

from __future__ import annotations

from types import ModuleType

from django.db import connection, transaction

from earnest.pages.search import postgresql, sqlite
from earnest.pages.search.sort import Sort
from earnest.pages.search.sorts import SORTS


def engine() -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql


def stand() -> list[str]:
    """Make what is missing or not as it should be; the sorts that were made anew."""
    made = []
    for sort in SORTS:
        if _has_its_tables(sort) and not engine().stands(sort):
            with transaction.atomic():
                engine().make(sort)
            made.append(sort.name)
    return made


def rebuild() -> None:
    """All of it anew, from the rows there are."""
    for sort in SORTS:
        with transaction.atomic():
            engine().make(sort)


def step_aside() -> None:
    """Let tables be changed: without triggers. ``stand`` makes all anew afterwards."""
    with transaction.atomic():
        for sort in SORTS:
            engine().drop_triggers(sort)


def purge() -> None:
    """Leave no byte of what was erased, where the database would (privacy.md 13)."""
    with transaction.atomic():
        engine().purge(SORTS)


def _has_its_tables(sort: Sort) -> bool:
    """Migrated half-way, a table or column may not be there yet."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for watched in sort.watched:
            if watched.table not in there:
                return False
            columns = connection.introspection.get_table_description(cursor, watched.table)
            if not set(watched.columns) <= {column.name for column in columns}:
                return False
    return True
