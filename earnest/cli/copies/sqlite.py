"""A copy of an SQLite database of one moment, while others write; and its way back.

SQLite's own backup copies page by page inside one read transaction. Then every table of the copy is
compared with the live one, value by value, in that same transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from earnest.cli.copies.manifest import Table
from earnest.cli.stop import Stop

NAME = "earnest.sqlite3"
WAITS_SECONDS = 60.0
# Where a row of a table may differ from one moment to the next without anybody having written.
ORDINARY = """SELECT name FROM sqlite_master WHERE type = 'table'
    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"""


def connect(path: Path) -> sqlite3.Connection:
    """Without Django's way with transactions: each begins and ends where it is written."""
    return sqlite3.connect(path, timeout=WAITS_SECONDS, isolation_level=None)


def copy(live: Path, to: Path) -> dict[str, Table]:
    """Copy the whole of one moment; the digests of its tables. Raises Stop where it is damaged."""
    with closing(connect(live)) as source, closing(connect(to)) as made:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on, one moment
        made.execute("PRAGMA synchronous = OFF")  # read back below, and thrown away
        source.backup(made)
        refuse_damaged(made, live)
        tables = digests(made)
        if digests(source) != tables:
            raise Stop(f"the copy of {live} is not what was copied. Look at disk and memory.")
        source.execute("ROLLBACK")
        return tables


def refuse_damaged(rows: sqlite3.Connection, path: Path) -> None:
    whole = str(rows.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if whole != "ok":
        raise Stop(f"{path} is damaged ({whole}). Nothing was written.")
    if (loose := rows.execute("PRAGMA foreign_key_check").fetchone()) is not None:
        raise Stop(
            f"{path} is damaged: a row of {loose[0]} points to nothing. Nothing was written."
        )


def digests(rows: sqlite3.Connection) -> dict[str, Table]:
    """Every table, by name."""
    return {name: _digest(rows, name) for (name,) in rows.execute(ORDINARY).fetchall()}


def _digest(rows: sqlite3.Connection, table: str) -> Table:
    """Values with their kinds as they are stored: text comes as bytearray, blobs as bytes."""
    digest, count = sha256(), 0
    with _raw_text(rows):
        for row in rows.execute(f'SELECT * FROM "{table}" ORDER BY {_order(rows, table)}'):  # noqa: S608 - of the database
            digest.update(repr(row).encode())
            count += 1
    return Table(count, digest.hexdigest())


@contextmanager
def _raw_text(rows: sqlite3.Connection) -> Iterator[None]:
    before, rows.text_factory = rows.text_factory, bytearray
    try:
        yield
    finally:
        rows.text_factory = before


def _order(rows: sqlite3.Connection, table: str) -> str:
    """By rowid; the few tables without one by all their columns."""
    try:
        rows.execute(f'SELECT rowid FROM "{table}" LIMIT 0')  # noqa: S608 - of the database
    except sqlite3.OperationalError:
        columns = rows.execute(f'PRAGMA table_info("{table}")').fetchall()
        return ", ".join(str(n) for n in range(1, len(columns) + 1))
    return "rowid"


def put_in_place(staged: Path, live: Path) -> None:
    """All pages at once, into the file others have open: they see the old state, then the new.

    In write-ahead mode this is one transaction: readers go on reading, writers wait their turn, and
    whoever dies in it has changed nothing.
    """
    with closing(connect(staged)) as source, closing(connect(live)) as target:
        target.execute("PRAGMA synchronous = FULL")
        target.execute("PRAGMA secure_delete = ON")
        source.backup(target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
