"""A backup comes back: all of it or nothing, while everything runs, and the state before is kept."""

from __future__ import annotations

import argparse
import os
import sys
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from earnest.cli import backup, database
from earnest.cli.copies import archive, manifest
from earnest.cli.copies.manifest import Manifest
from earnest.cli.stop import Stop

if TYPE_CHECKING:
    from earnest.pages.actions import MadeRight
    from earnest.pages.ledger import Erased

ANOTHER_KEY = (
    "{file} was made under another secret key than the one here. Give that key (a backup made "
    "with --with-key holds it; else EARNEST_SECRET_KEY or {where}), or say --lost-key: then links "
    "sent before end, and whoever was erased and asked never to be written to is not recognised."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is restored, and how."""

    file: Path
    said: Manifest
    at: datetime
    moving: bool  # nothing was written after the backup: the old server had been stopped

    @property
    def backup_at(self) -> datetime:
        return self.said.at


@dataclass(frozen=True, slots=True)
class Restored:
    """How it went: what was made right, and which tables somebody wrote to meanwhile."""

    right: MadeRight
    written_since: tuple[str, ...] = ()


def restore(options: argparse.Namespace) -> int:
    database.set_up(options.data_dir)
    file = options.file.expanduser().absolute()
    plan = Plan(file, archive.check(file), timezone.now(), options.moving)
    _refuse_what_does_not_fit(plan)
    _refuse_another_key(plan, lost=options.lost_key)
    if holds_something():
        _confirm(options)
        print(f"What was here before is kept: {keep_what_is_here(plan.at)}", flush=True)
    done = bring_back(plan)
    _put_key(plan)
    _say(plan, done)
    return 0


def _refuse_what_does_not_fit(plan: Plan) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    said = plan.said
    if said.database != connection.vendor:
        raise Stop(
            f"{plan.file} holds {said.database}, and the database here is {connection.vendor}. "
            "A backup goes back into a database of its own kind: set DATABASE_URL to one."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(said.migrations) - known:
        raise Stop(
            f"{plan.file} was written by a newer Earnest ({said.version}). Install that version "
            "first; nothing was changed."
        )


def _refuse_another_key(plan: Plan, *, lost: bool) -> None:
    from django.conf import settings

    same = plan.said.key == manifest.fingerprint(settings.SECRET_KEY)
    comes_along = backup.KEY in plan.said.files and not os.environ.get("EARNEST_SECRET_KEY")
    if not (same or comes_along or lost):
        where = Path(settings.DATA_DIR) / backup.KEY
        raise Stop(ANOTHER_KEY.format(file=plan.file, where=where))


def holds_something() -> bool:
    """Whether anybody ever began here."""
    from django.db import connection

    from earnest.accounts.models import User, Workspace

    tables = set(connection.introspection.table_names())
    if not {User._meta.db_table, Workspace._meta.db_table} <= tables:
        return False
    return User.objects.exists() or Workspace.objects.exists()


def _confirm(options: argparse.Namespace) -> None:
    from earnest.accounts.models import Workspace

    if not options.replace:
        raise Stop(
            "there is data here already. To put the backup in its place: --replace (what is here "
            "is kept as a backup, too)."
        )
    if options.yes:
        return
    first = Workspace.objects.order_by("pk").values_list("name", flat=True).first() or "replace"
    if not sys.stdin.isatty():
        raise Stop("say --yes to replace what is here without being asked.")
    print(f"Everything here is replaced by {options.file}. To go on, type: {first}")
    if input("> ").strip() != first:
        raise Stop("that is another name. Nothing was changed.")


def keep_what_is_here(at: datetime) -> Path:
    """An ordinary backup of the state before."""
    from django.conf import settings

    name = f"before-restore-{at:%Y%m%dT%H%M%S%f}.zip"
    target = backup.target_of(Path(settings.DATA_DIR) / "backups" / name, at)
    backup.make(target, at=at, with_key=False)
    return target


def bring_back(plan: Plan) -> Restored:
    from django.db import connection

    from earnest.cli.copies import into_postgresql, into_sqlite

    if connection.vendor == "sqlite":
        return into_sqlite.bring_back(plan)
    return into_postgresql.bring_back(plan)


def erased_of(plan: Plan) -> list[Erased]:
    """Who was erased: as noted here, and as noted in the backup."""
    from earnest.pages import ledger

    with zipfile.ZipFile(plan.file) as whole:
        if backup.LEDGER in whole.namelist():
            ledger.add(ledger.read(whole.read(backup.LEDGER).decode()))
    if holds_something():
        ledger.catch_up()
    return ledger.noted()


def make_right(plan: Plan, since: object) -> MadeRight:
    """In the restored data, before anybody sees it."""
    from earnest.pages import actions
    from earnest.pages.queries.since import Since

    if plan.moving or not isinstance(since, Since):
        return actions.MadeRight()
    return actions.make_right(since, erased_of(plan), backup_at=plan.backup_at, at=plan.at)


def _put_key(plan: Plan) -> None:
    """The key of the backup, where this installation keeps its own and has another."""
    from django.conf import settings

    if backup.KEY not in plan.said.files or os.environ.get("EARNEST_SECRET_KEY"):
        return
    if plan.said.key == manifest.fingerprint(settings.SECRET_KEY):
        return
    kept = Path(settings.DATA_DIR) / backup.KEY
    if kept.exists():
        kept.rename(kept.with_name(f"{backup.KEY}.before-{plan.at:%Y%m%dT%H%M%S%f}"))
    with zipfile.ZipFile(plan.file) as whole, archive.open_private(kept) as file:
        file.write(whole.read(backup.KEY))
    print("The secret key of the backup was put in place. Start Earnest anew, so that it uses it.")


def _say(plan: Plan, done: Restored) -> None:
    said, right = plan.said, done.right
    print(
        f"{said.rows:,} rows in {len(said.tables)} tables are back as of "
        f"{plan.backup_at:%Y-%m-%d %H:%M:%S} UTC, each table compared byte for byte."
    )
    if done.written_since:
        print(f"Written to since by what runs here: {', '.join(done.written_since)}.")
    if plan.moving:
        return
    print(f"{right.held} messages that ask something are held for their leads: they may have left.")
    if right.rounds:
        print(f"{right.rounds} check-ins that were open ended without results: ask anew.")
    if right.paused:
        print(f"{right.paused} rounds of asks pause: look through them, then let them go on.")
    print(f"{right.erased} people or records erased since were erased again.")
    print(
        f"{right.stops} wishes to be left alone, {right.contacts} contacts and {right.quotes} "
        "quotes not to be passed on were kept from what was here."
    )
    print("Everybody signs in anew. Look through members and roles: they are as they were then.")
