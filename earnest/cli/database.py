"""Bringing Django up, and the database up to date."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from earnest.cli.stop import Stop


def set_up(data_dir: Path | None = None) -> None:
    """Load settings and models, of these data where they are named.

    A setting that makes no sense ends here with its sentence.
    """
    import django

    if data_dir:
        os.environ["EARNEST_DATA_DIR"] = str(data_dir.expanduser().resolve())
    django.setup()


def migrate(options: argparse.Namespace) -> int:
    set_up()
    print("The database was brought up to date." if bring_up_to_date() else "Nothing to do.")
    return 0


def bring_up_to_date() -> bool:
    """Apply what is missing; True when something was. Refuses data of a newer Earnest."""
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("earnest.")}
    if any(app in ours for app, _ in unknown):
        raise Stop(
            "this database was written by another version of Earnest, probably a newer one. "
            "Install that version, or choose another EARNEST_DATA_DIR or DATABASE_URL."
        )
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def let_go() -> None:
    """Close every connection: a process about to fork must hold none."""
    from django.db import connections

    connections.close_all()
