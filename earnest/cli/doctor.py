"""What is wrong with this installation, in a line each, and how to mend it."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from django.utils import timezone

from earnest.cli import database

MEGABYTE = 1024 * 1024
ROOM_NEEDED = 500 * MEGABYTE
SILENT_TOO_LONG = timedelta(minutes=3)
BACKUP_GROWS_OLD = timedelta(days=8)
CLOCK_MAY_DIFFER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands; what is wrong comes with how to mend it."""

    ok: bool
    words: str


def well(words: str) -> Finding:
    return Finding(ok=True, words=words)


def wrong(words: str) -> Finding:
    return Finding(ok=False, words=words)


def doctor(options: argparse.Namespace) -> int:
    database.set_up()
    findings = examine(timezone.now())
    for name, finding in findings.items():
        print(f"{'ok   ' if finding.ok else 'WRONG'} {name:<9} {finding.words}")
    bad = sum(not finding.ok for finding in findings.values())
    print("All is well." if not bad else f"{bad} to mend.")
    return 1 if bad else 0


def examine(at: datetime) -> dict[str, Finding]:
    """Every check by name, in the order of what rests on what."""
    found: dict[str, Finding] = {}
    for name, check in CHECKS.items():
        waits = name in NEED_DATABASE and not found["database"].ok
        found[name] = wrong("unknown until the database is mended.") if waits else _asked(check, at)
    return found


def _asked(check: Callable[[datetime], Finding], at: datetime) -> Finding:
    """A check that falls over is a finding too."""
    try:
        return check(at)
    except Exception as error:  # whatever is wrong belongs on this line
        said = " ".join(str(error).split())[:200]
        return wrong(f"cannot be checked: {type(error).__name__}: {said}")


def check_database(at: datetime) -> Finding:
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
    except Error as error:
        return wrong(f"does not answer ({_short(error)}). Check DATABASE_URL and that it runs.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return wrong("is not up to date. Run: earnest migrate")
    if connection.vendor == "sqlite":
        return _check_sqlite()
    return well(f"PostgreSQL {_version()}, up to date")


def _version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _check_sqlite() -> Finding:
    from django.conf import settings
    from django.db import connection

    path = Path(str(settings.DATABASES["default"]["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0])
        cursor.execute("PRAGMA quick_check(1)")
        whole = str(cursor.fetchone()[0])
    if whole != "ok":
        return wrong(f"{path} is damaged ({whole}). Stop Earnest and restore a backup.")
    if mode not in {"wal", "memory"}:
        return wrong(f"{path}: journal mode is {mode}, not WAL. Put it on a local disk.")
    return well(f"SQLite in {path}, up to date and whole")


def check_mail(at: datetime) -> Finding:
    from django.conf import settings
    from django.core.mail import mailers

    if not settings.EMAIL_URL:
        return well("not set up: links are handed over by hand. To send mail: EARNEST_EMAIL_URL")
    try:
        mailer = mailers.default
        mailer.open()
        mailer.close()
    except OSError as error:  # smtplib's errors are OSErrors too
        return wrong(f"the mail server refuses ({_short(error)}). Check EARNEST_EMAIL_URL.")
    return well(f"the mail server answers; mail comes from {settings.DEFAULT_FROM_EMAIL}")


def check_inbox(at: datetime) -> Finding:
    from imaplib import IMAP4

    from django.conf import settings
    from imap_tools import ImapToolsError

    from earnest.intake import mailbox

    if settings.INBOX is None:
        return well(
            "not set up: answers by mail are noted by hand. To read them: EARNEST_INBOX_URL"
        )
    try:
        with mailbox.opened():
            return well(f"the mailbox of {settings.INBOX.user} answers")
    except (OSError, IMAP4.error, ImapToolsError) as error:
        return wrong(f"the mailbox refuses ({_short(error)}). Check EARNEST_INBOX_URL.")


def check_worker(at: datetime) -> Finding:
    from earnest.core.actions import WORKER
    from earnest.core.models import Lease

    lease = Lease.objects.filter(name=WORKER).first()
    mend = "Start `earnest serve`, or `earnest worker` beside it."
    if lease is None or lease.beat_at is None:
        return wrong(f"none has run yet: no mail leaves and nothing is tidied. {mend}")
    if at - lease.beat_at > SILENT_TOO_LONG:
        return wrong(f"last heard of at {lease.beat_at:%Y-%m-%d %H:%M} UTC. {mend}")
    return well(f"at work; heard of {int((at - lease.beat_at).total_seconds())} s ago")


def check_outbox(at: datetime) -> Finding:
    """Mail that should have left, and mail somebody should look at."""
    from earnest.messaging import queries

    outbox = queries.health_of_outbox(at)
    look = f"{outbox.unclear} unclear and {outbox.failed} not sent in thirty days"
    if outbox.late:
        return wrong(
            f"{outbox.late} wait longer than an hour, the last answer was: "
            f"{outbox.last_words or 'none'}. Check mail and worker above."
        )
    if outbox.unclear or outbox.failed:
        return well(f"{look}: their leads see them under Messages")
    return well("nothing waits longer than an hour")


def check_disk(at: datetime) -> Finding:
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.W_OK | os.X_OK):
        return wrong(f"{folder} cannot be written. Run as its owner, or: chown it.")
    if folder.stat().st_mode & 0o077:
        return wrong(f"{folder} is open to others on this machine. Run: chmod 700 {folder}")
    free = shutil.disk_usage(folder).free
    if free < ROOM_NEEDED:
        return wrong(f"{free // MEGABYTE} MB left for {folder}. Make room: 500 MB at least.")
    return well(f"{folder}, {free // MEGABYTE:,} MB free")


def check_backup(at: datetime) -> Finding:
    """How old the last one made here is; none is only said, for others make theirs otherwise."""
    from earnest.cli import backup

    last = backup.last()
    if last is None:
        return well("none made here by `earnest backup` yet")
    days = (at - last.at).days
    said = f"{last.file}, as of {last.at:%Y-%m-%d %H:%M} UTC"
    if at - last.at > BACKUP_GROWS_OLD:
        return wrong(f"the last is {days} days old ({said}). Run: earnest backup")
    if not Path(last.file).exists():
        return well(f"{said}; it was taken elsewhere since")
    return well(said)


def check_clock(at: datetime) -> Finding:
    from django.conf import settings
    from django.db.models import Max

    from earnest.core.models import Event

    newest = Event.objects.aggregate(newest=Max("at"))["newest"]
    if newest and newest - at > CLOCK_MAY_DIFFER:
        return wrong(
            f"it is {at:%Y-%m-%d %H:%M} UTC here, but things were written at {newest:%Y-%m-%d %H:%M}. Set the clock."
        )
    theirs = _now_of_database()
    if theirs and abs(theirs - at) > CLOCK_MAY_DIFFER:
        return wrong(
            f"the database says {theirs:%H:%M:%S}, this machine {at:%H:%M:%S} UTC. Set both by NTP."
        )
    return well(f"{at:%Y-%m-%d %H:%M} UTC; new workspaces begin with {settings.TIME_ZONE}")


def _now_of_database() -> datetime | None:
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told


def check_address(at: datetime) -> Finding:
    from django.conf import settings

    if settings.IS_LOCAL and settings.EMAIL_URL:
        return wrong(
            f"mail would carry links to {settings.BASE_URL}, which others cannot open. Set EARNEST_BASE_URL."
        )
    if settings.IS_LOCAL:
        return well(f"{settings.BASE_URL}: this machine alone. For others set EARNEST_BASE_URL")
    if not settings.HTTPS:
        return wrong(
            f"{settings.BASE_URL}: words and passwords travel unencrypted. Use https:// behind a proxy with TLS."
        )
    return well(settings.BASE_URL)


def check_secret(at: datetime) -> Finding:
    from django.conf import settings

    kept = Path(settings.DATA_DIR) / "secret-key"
    if os.environ.get("EARNEST_SECRET_KEY"):
        return well("given by EARNEST_SECRET_KEY")
    if not kept.exists():
        return wrong(f"{kept} is gone: everybody is signed out at the next start. Restore it.")
    if kept.stat().st_mode & 0o077:
        return wrong(f"{kept} can be read by others. Run: chmod 600 {kept}")
    return well(f"{kept}, for this user alone")


# Not settings of the server: what make, its tests and the command itself hand down.
HANDED_DOWN = {"EARNEST_HOME", "EARNEST_SERVED_BY", "EARNEST_SETUP_VERBOSE", "EARNEST_DATA"}
HANDED_DOWN |= {"EARNEST_REQUIRE_BROWSER", "EARNEST_TEST_MARK"}


def check_settings(at: datetime) -> Finding:
    """A variable nobody reads was probably meant to be another one."""
    from earnest.config.settings import env

    known = {str(name) for name in env._fields} | HANDED_DOWN
    given = {name for name in os.environ if name.startswith("EARNEST_")}
    strange = sorted(given - known)
    if not strange:
        return well(f"{len(given & known)} given, each of them known")
    bare = strange[0].removeprefix("EARNEST_")  # DATABASE_URL alone goes without
    near = [bare] if bare in known else get_close_matches(strange[0], known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return wrong(f"{', '.join(strange)}: read by nobody.{hint} docs/operators.md lists them all.")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


CHECKS: dict[str, Callable[[datetime], Finding]] = {
    "database": check_database,
    "mail": check_mail,
    "inbox": check_inbox,
    "worker": check_worker,
    "outbox": check_outbox,
    "disk": check_disk,
    "backup": check_backup,
    "clock": check_clock,
    "address": check_address,
    "secret": check_secret,
    "settings": check_settings,
}
NEED_DATABASE = {"worker", "outbox", "clock"}
