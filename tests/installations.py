"""An installation of its own to back up and restore, on either database, without its slow first start."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@contextmanager
def of_its_own(folder: Path) -> Iterator[None]:
    """The database as it is, as a file in this folder; PostgreSQL stays where it is.

    The suite makes its tables without migrations; here they stand as applied, as after a start.
    """
    if connection.vendor == "sqlite":
        with _in_a_file(folder / "earnest.sqlite3"):
            note_migrations()
            yield
        return
    note_migrations()
    try:
        yield
    finally:
        MigrationRecorder(connection).flush()


def note_migrations() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.flush()
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        recorder.record_applied(app, name)


@contextmanager
def _in_a_file(path: Path) -> Iterator[None]:
    before = connections["default"]
    with closing(sqlite3.connect(path)) as made:
        before.connection.backup(made)
    on_disk = connections.create_connection("default")
    on_disk.settings_dict = {**on_disk.settings_dict, "NAME": str(path)}
    connections["default"] = on_disk
    try:
        yield
    finally:
        on_disk.close()
        connections["default"] = before


AT_ONCE = """
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from tests.installations import note_migrations
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
settings.MIGRATION_MODULES = {}
note_migrations()
"""


def make_at_once(env: dict[str, str]) -> None:
    """All tables as they are now, without the way there: in seconds."""
    given = {**env, "DJANGO_SETTINGS_MODULE": "earnest.config.settings", "PYTHONPATH": "."}
    subprocess.run([sys.executable, "-c", AT_ONCE], env=given, check=True, timeout=300)
