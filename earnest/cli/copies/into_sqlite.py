"""A backup into SQLite: made ready in a file beside, then put in place all at once."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from earnest.cli import backup, database, restore
from earnest.cli.copies import archive, sqlite
from earnest.cli.stop import Stop

if TYPE_CHECKING:
    from earnest.cli.restore import Plan, Restored
    from earnest.pages.actions import MadeRight
    from earnest.pages.queries.since import Since

TRIES = 20


def bring_back(plan: Plan) -> Restored:
    live = backup.live_file()
    staged = archive.room_beside(live, suffix="-staged")
    try:
        with archive.open_private(staged):
            _unpack(plan, staged)
            right = _made_ready(plan, staged, live)
            sqlite.put_in_place(staged, live)
            return restore.Restored(right, _differing(staged, live))
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            staged.with_name(staged.name + suffix).unlink(missing_ok=True)


def _unpack(plan: Plan, staged: Path) -> None:
    """Byte for byte what was backed up, or nothing is restored."""
    with zipfile.ZipFile(plan.file) as whole, staged.open("r+b") as file:
        for piece in archive.pieces(whole, sqlite.NAME):
            file.write(piece)
    with closing(sqlite.connect(staged)) as rows:
        sqlite.refuse_damaged(rows, plan.file)
        if sqlite.digests(rows) != plan.said.tables:
            raise Stop(f"{plan.file}: its tables are not as they were. Nothing was changed.")


def _made_ready(plan: Plan, staged: Path, live: Path) -> MadeRight:
    """Brought up to date and made right. Ends when nothing of what counts came in meanwhile."""
    from earnest.pages.queries.since import Since

    known = _since(plan) if restore.holds_something() else Since()
    with _default_is(staged):
        database.bring_up_to_date()
        right = restore.make_right(plan, known)
    for _try in range(TRIES):
        with _nobody_writes(live) as counters:
            again = _since(plan) if counters else known
            if again == known:
                _count_on(staged, counters)
                return right
        known = again
        with _default_is(staged):
            _add(right, restore.make_right(plan, known))
    raise Stop("people write here without a pause. Try again in a quieter moment; nothing changed.")


def _since(plan: Plan) -> Since:
    from earnest.pages.queries.since import since

    return since(plan.backup_at)


def _add(right: MadeRight, more: MadeRight) -> None:
    for name in right.__slots__:
        setattr(right, name, getattr(right, name) + getattr(more, name))


@contextmanager
def _nobody_writes(live: Path) -> Iterator[dict[str, int]]:
    """For a moment: everyone who wants to write waits. The counters of the live tables."""
    if not live.exists():
        yield {}
        return
    with closing(sqlite.connect(live)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        try:
            yield dict(rows.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        except sqlite3.OperationalError:
            yield {}
        finally:
            rows.execute("ROLLBACK")


def _count_on(staged: Path, counters: dict[str, int]) -> None:
    """A number that was given once is never given to anything else."""
    with closing(sqlite.connect(staged)) as rows:
        rows.execute("BEGIN IMMEDIATE")
        for name, last in counters.items():
            changed = rows.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name)
            )
            if not changed.rowcount:
                rows.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))
        rows.execute("COMMIT")


@contextmanager
def _default_is(path: Path) -> Iterator[None]:
    """Django's one database, for a while, is another file."""
    from django.db import connections

    live = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {**other.settings_dict, "NAME": str(path)}
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = live


def _differing(staged: Path, live: Path) -> tuple[str, ...]:
    """Tables that are not as they were put in place: what runs here has written already."""
    with closing(sqlite.connect(staged)) as ready, closing(sqlite.connect(live)) as now:
        now.execute("BEGIN")
        wanted, found = sqlite.digests(ready), sqlite.digests(now)
    return tuple(sorted(name for name in wanted if wanted[name] != found.get(name)))
