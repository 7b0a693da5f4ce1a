"""A backup: the whole database of one moment in one file, while everything runs."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils import timezone

from earnest.cli import database
from earnest.cli.copies import archive, manifest, postgresql, sqlite
from earnest.cli.copies.archive import Writing
from earnest.cli.copies.manifest import Manifest
from earnest.cli.stop import Stop

KEY = "secret-key"
LEDGER = "erased.jsonl"
LAST = "last-backup.json"
WITHOUT_KEY = (
    "NOT in it: the secret key ({where}). Keep a copy of it elsewhere, or make backups with "
    "--with-key: without it nobody who asked never to be written to is recognised, and links "
    "already sent to sign in or to answer a check-in end."
)
WITH_KEY = "The secret key is in it: whoever reads this file can sign in as anybody. Encrypt it."


def backup(options: argparse.Namespace) -> int:
    database.set_up(options.data_dir)
    if options.check:
        return say_checked(_existing(options.file))
    at = timezone.now()
    target = target_of(options.file, at)
    said = make(target, at=at, with_key=options.with_key)
    remember(target, said)
    print(f"{target}: {said.rows:,} rows in {len(said.tables)} tables, as of {_when(said)}.")
    print("Read back from the disk and compared: every byte is there.")
    print(WITH_KEY if options.with_key else WITHOUT_KEY.format(where=_where_the_key_is()))
    return 0


def _existing(file: Path | None) -> Path:
    if file is None:
        raise Stop("which file? earnest backup --check FILE")
    return file


def say_checked(file: Path) -> int:
    said = archive.check(file)
    print(f"{file} is whole: {said.rows:,} rows in {len(said.tables)} tables of {said.database}.")
    print(f"As of {_when(said)}, by Earnest {said.version}.")
    print("The secret key is in it." if KEY in said.files else "The secret key is not in it.")
    return 0


def _when(said: Manifest) -> str:
    return f"{said.at:%Y-%m-%d %H:%M:%S} UTC"


def target_of(file: Path | None, at: datetime) -> Path:
    """Where it goes: a file that is there already is never written over."""
    from django.conf import settings

    target = file or Path(settings.DATA_DIR) / "backups" / f"earnest-{at:%Y%m%dT%H%M%S%f}.zip"
    target = target.expanduser().absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Stop(f"{target.parent}: {error.strerror}.") from error
    if target.is_dir():
        target /= f"earnest-{at:%Y%m%dT%H%M%S%f}.zip"
    if target.exists():
        raise Stop(f"{target} is there already, and is left as it is. Choose another name.")
    return target


def make(target: Path, *, at: datetime, with_key: bool) -> Manifest:
    """Write it, whole or not at all."""
    from django.db import connection

    said = _begun(at)
    try:
        with Writing(target) as writing:
            fill = _add_sqlite if connection.vendor == "sqlite" else _add_postgresql
            fill(writing, said)
            _add_beside(writing, with_key=with_key)
            writing.finish(said)
    except OSError as error:
        raise Stop(f"{target}: {error.strerror or error}. No backup was made.") from error
    return said


def _begun(at: datetime) -> Manifest:
    """The time is taken before the moment itself: what comes later is known to be later."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    if not applied:
        raise Stop("there is no data here yet, so nothing to back up.")
    return Manifest(
        made_at=at.isoformat(),
        version=_version(),
        database=connection.vendor,
        database_version=".".join(str(n) for n in connection.get_database_version()),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        key=manifest.fingerprint(settings.SECRET_KEY),
    )


def _version() -> str:
    try:
        return importlib.metadata.version("earnest")
    except importlib.metadata.PackageNotFoundError:
        return "of a checkout"


def live_file() -> Path:
    """The SQLite file of this installation."""
    from django.db import connection

    return Path(str(connection.settings_dict["NAME"]))


def _add_sqlite(writing: Writing, said: Manifest) -> None:
    copied = archive.room_beside(writing.target, suffix="-copy")
    with archive.open_private(copied) as file:
        try:
            said.tables = sqlite.copy(live_file(), copied)
            writing.add(sqlite.NAME, _pieces(file))
        finally:
            for suffix in ("", "-wal", "-shm", "-journal"):
                copied.with_name(copied.name + suffix).unlink(missing_ok=True)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(archive.CHUNK):
        yield chunk


def _add_postgresql(writing: Writing, said: Manifest) -> None:
    with postgresql.one_moment() as raw:
        cursor = raw.cursor()
        for shape in postgresql.shapes(cursor):
            reading = postgresql.Reading(cursor, shape)
            writing.add(f"tables/{shape.name}.txt", reading)
            said.tables[shape.name] = reading.table
        said.sequences = postgresql.sequences(cursor)


def _add_beside(writing: Writing, *, with_key: bool) -> None:
    """What else a whole is made of: the key where asked for, and who was erased so far."""
    from django.conf import settings

    if with_key:
        writing.add(KEY, [settings.SECRET_KEY.encode()])
    ledger = Path(settings.DATA_DIR) / LEDGER
    if ledger.exists():
        writing.add(LEDGER, [ledger.read_bytes()])


def _where_the_key_is() -> str:
    from django.conf import settings

    if os.environ.get("EARNEST_SECRET_KEY"):
        return "EARNEST_SECRET_KEY"
    return str(Path(settings.DATA_DIR) / KEY)


@dataclass(frozen=True, slots=True)
class Last:
    """The last backup made here; ``earnest doctor`` tells how old it is."""

    at: datetime
    file: str


def remember(target: Path, said: Manifest) -> None:
    from django.conf import settings

    beside = Path(settings.DATA_DIR) / f".{LAST}.{os.getpid()}"
    beside.write_text(json.dumps({"at": said.made_at, "file": str(target)}))
    beside.replace(Path(settings.DATA_DIR) / LAST)


def last() -> Last | None:
    from django.conf import settings

    try:
        told = json.loads((Path(settings.DATA_DIR) / LAST).read_text())
        return Last(datetime.fromisoformat(told["at"]), str(told["file"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
