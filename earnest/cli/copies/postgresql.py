"""A copy of a PostgreSQL database of one moment, while others write; and its way back.

Every table by COPY, as text, in the order of its key, in one REPEATABLE READ transaction: no other
program is needed, and the order says nothing of when a row was written (privacy.md 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from earnest.cli.copies.manifest import Table

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

CHUNK = 1 << 18
# So that the same values are written as the same bytes, on every machine.
PLAINLY = (
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
)
# Not the index of the search (search_…): it is made anew from the rows, and would double the file.
TABLES = """SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relpersistence = 'p'
    AND c.relnamespace = current_schema()::regnamespace AND NOT starts_with(c.relname, 'search_') ORDER BY c.relname COLLATE "C" """
# By name: in which order they were added may differ from one database to the other.
COLUMNS = """SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0
    AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attname COLLATE "C" """
KEYS = """SELECT a.attname, t.typcollation != 0 FROM pg_index i
    CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, n)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY k.n"""
SEQUENCES = """SELECT sequencename, COALESCE(last_value, 0) FROM pg_sequences
    WHERE schemaname = current_schema() ORDER BY sequencename"""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is read: its columns, and what orders its rows."""

    name: str
    columns: str
    order: str

    @property
    def out(self) -> str:
        return f'COPY (SELECT {self.columns} FROM "{self.name}" ORDER BY {self.order}) TO STDOUT'  # noqa: S608 - of the database

    @property
    def back(self) -> str:
        return f'COPY "{self.name}" ({self.columns}) FROM STDIN'


@contextmanager
def one_moment() -> Iterator[Connection[Any]]:
    """A connection of its own, whose one transaction sees nothing that comes later."""
    from django.db import connection

    raw: Connection[Any] = connection.get_new_connection(connection.get_connection_params())
    try:
        raw.autocommit = True
        raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        speak_plainly(raw.cursor())
        raw.execute("SELECT 1 FROM django_migrations LIMIT 1")  # from here on
        yield raw
        raw.execute("ROLLBACK")
    finally:
        raw.close()


def speak_plainly(cursor: Cursor[Any]) -> None:
    for setting in PLAINLY:
        cursor.execute(setting)


def shapes(cursor: Cursor[Any]) -> list[Shape]:
    """Every table of the schema, by name."""
    cursor.execute(TABLES)
    return [_shape(cursor, str(name)) for (name,) in cursor.fetchall()]


def _shape(cursor: Cursor[Any], name: str) -> Shape:
    cursor.execute(COLUMNS, (f'"{name}"',))
    columns = ", ".join(f'"{column}"' for (column,) in cursor.fetchall())
    cursor.execute(KEYS, (f'"{name}"',))
    keys = [f'"{key}" COLLATE "C"' if words else f'"{key}"' for key, words in cursor.fetchall()]
    return Shape(name, columns, ", ".join(keys) or "1")


class Reading:
    """One table on its way out: its pieces, and once they are over its digest."""

    def __init__(self, cursor: Cursor[Any], shape: Shape) -> None:
        self._cursor, self._shape = cursor, shape
        self._digest, self._rows = sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        gathered = bytearray()
        with self._cursor.copy(self._shape.out) as copied:
            for row in copied:
                self._rows += 1
                gathered += row
                if len(gathered) >= CHUNK:
                    yield self._read(gathered)
                    gathered = bytearray()
        yield self._read(gathered)

    def _read(self, gathered: bytearray) -> bytes:
        self._digest.update(gathered)
        return bytes(gathered)

    @property
    def table(self) -> Table:
        return Table(self._rows, self._digest.hexdigest())


def digest(cursor: Cursor[Any], shape: Shape) -> Table:
    reading = Reading(cursor, shape)
    for _piece in reading:
        pass
    return reading.table


def sequences(cursor: Cursor[Any]) -> dict[str, int]:
    cursor.execute(SEQUENCES)
    return {str(name): int(last) for name, last in cursor.fetchall()}


def fill(cursor: Cursor[Any], shape: Shape, pieces: Iterable[bytes]) -> None:
    with cursor.copy(shape.back) as copied:
        for piece in pieces:
            copied.write(piece)
