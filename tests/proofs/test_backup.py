"""Backups of an installation people write in, on both databases: each whole, each comes back.

Slow: run by make prove. The server runs with its worker, several write, backups are made under that
load; each is checked, and restored in an empty place, where every table has the same digest. One is
restored below the running server, which goes on answering. Killed half-way, nothing is half-done.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import installations, postgres
from tests.commands import clean, free_port, started, status

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
BACKUPS, WRITERS, KILLS = 3, 2, 4
SET_UP = """
from django.utils.timezone import now
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
user = User.objects.create_user("amara@example.org", None, name="Amara")
accounts.start_workspace("Clinic", time_zone="UTC", by=user, at=now())
"""
# Each writes in pairs, in one transaction: a backup with an odd one is not of one moment.
WRITE = """
import sys
from django.db import transaction, OperationalError
from django.utils.timezone import now
from earnest.accounts.models import Workspace
from earnest.people.models import Person, Team
n = 0
while True:
    place = Workspace.objects.get()
    n += 1
    with transaction.atomic():
        name = f"{sys.argv[1] if len(sys.argv) > 1 else ''}{now().isoformat()} {n}"
        Person.objects.create(workspace=place, name=name[:120])
        Team.objects.create(workspace=place, name=name[:120])
    print(n, flush=True)
"""
EMPTY = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP SCHEMA public CASCADE")
    cursor.execute("CREATE SCHEMA public")
"""


@dataclass
class Place:
    """One installation: where it is, and how another, empty one is had."""

    folder: Path
    env: dict[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "earnest", *words]
        return subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=300, check=False
        )

    def backup(self, name: str) -> Path:
        file = self.folder / name
        done = self.run("backup", str(file), "--with-key")
        assert done.returncode == 0, done.stderr
        return file

    def shell(self, code: str) -> subprocess.CompletedProcess[str]:
        return self.run("manage", "shell", "--no-imports", "-c", code)

    @property
    def vendor(self) -> str:
        return "postgresql" if "DATABASE_URL" in self.env else "sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "data"
    if request.param == "sqlite":
        yield _made(folder, clean(folder))
        return
    with postgres.server() as url:
        yield _made(folder, clean(folder, DATABASE_URL=url))


def _made(folder: Path, env: dict[str, str]) -> Place:
    place = Place(folder, env)
    folder.mkdir(mode=0o700)
    installations.make_at_once(env)
    made = place.shell(SET_UP)
    assert made.returncode == 0, made.stderr
    return place


@contextmanager
def busy(place: Place) -> Iterator[list[subprocess.Popen[str]]]:
    """Several write as fast as they can, until it is over."""
    command = [sys.executable, "-m", "earnest", "manage", "shell", "--no-imports", "-c", WRITE]
    running = [
        subprocess.Popen(command, env=place.env, stdout=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    readers = [threading.Thread(target=_read, args=(one,), daemon=True) for one in running]
    for one, reader in zip(running, readers, strict=True):
        assert one.stdout is not None
        assert one.stdout.readline()  # the first pair is written
        reader.start()
    try:
        yield running
        assert [one.poll() for one in running] == [None] * WRITERS, "a writer was thrown out"
    finally:
        for one in running:
            one.kill()
            one.wait()


def _read(one: subprocess.Popen[str]) -> None:
    assert one.stdout is not None
    for _line in one.stdout:
        continue


def said_by(file: Path) -> dict[str, dict[str, dict[str, object]]]:
    with zipfile.ZipFile(file) as whole:
        found: dict[str, dict[str, dict[str, object]]] = json.loads(whole.read("manifest.json"))
    return found


def of_one_moment(file: Path) -> int:
    """As many persons as teams; how many."""
    tables = said_by(file)["tables"]
    assert tables["people_person"]["rows"] == tables["people_team"]["rows"]
    return int(str(tables["people_person"]["rows"]))


def emptied(place: Place, folder: Path) -> Place:
    """Another machine: on PostgreSQL the same server with nothing in it."""
    if place.vendor == "postgresql":
        assert place.shell(EMPTY).returncode == 0
        return Place(folder, {**place.env, "EARNEST_DATA_DIR": str(folder)})
    return Place(folder, clean(folder))


def same_tables(one: Path, two: Path) -> None:
    """Byte for byte; but the counters SQLite keeps, which only ever go on."""
    first, second = said_by(one)["tables"], said_by(two)["tables"]
    assert set(first) == set(second)
    assert [name for name in first if first[name] != second[name] and "sequence" not in name] == []


def test_backups_under_load_are_whole_and_come_back_the_same(place: Place, tmp_path: Path) -> None:
    port, answers = free_port(), []
    env = {**place.env, "EARNEST_BASE_URL": f"http://localhost:{port}"}
    command = [sys.executable, "-m", "earnest", "serve", f"--port={port}"]
    with started(command, env, port), busy(place):
        files = [place.backup(f"{n}.zip") for n in range(BACKUPS)]
        replaced = place.run("restore", str(files[0]), "--replace", "--yes")
        assert replaced.returncode == 0, replaced.stderr
        answers += [status(f"http://127.0.0.1:{port}/account/login/") for _ in range(5)]
        after = place.backup("after.zip")
    assert answers == [200] * 5
    counts = [of_one_moment(file) for file in [*files, after]]
    assert counts[:BACKUPS] == sorted(counts[:BACKUPS])
    assert counts[0] < counts[BACKUPS - 1]  # they wrote all the while
    for file in files:
        assert place.run("backup", "--check", str(file)).returncode == 0
    elsewhere = emptied(place, tmp_path / "elsewhere")
    back = elsewhere.run("restore", str(files[-1]), "--moving")
    assert back.returncode == 0, back.stderr
    same_tables(files[-1], elsewhere.backup("again.zip"))


def test_killed_half_way_nothing_is_half_done(place: Place) -> None:
    with busy(place):
        time.sleep(1.0)
    file = place.backup("whole.zip")
    assert place.shell(SET_UP.replace("amara", "bo").replace("Clinic", "Other")).returncode == 0
    now = place.backup("now.zip")
    dice = random.Random(20261122)
    for n in range(KILLS):
        verb = ["backup", str(place.folder / f"killed-{n}.zip")]
        if n % 2:
            verb = ["restore", str(file), "--replace", "--yes", "--moving"]
        _killed(place, verb, dice.uniform(0.8, 3.0))
        for left in place.folder.glob("killed-*.zip"):  # whole, or not there at all
            assert place.run("backup", "--check", str(left)).returncode == 0
            left.unlink()
    last = place.backup("last.zip")
    tables = said_by(last)["tables"]
    either = [said_by(one)["tables"] for one in (file, now)]
    same = [
        all(tables[name] == one[name] for name in tables if "sequence" not in name)
        for one in either
    ]
    assert any(same)
    assert [path.name for path in place.folder.glob(".*earnest-part*")] == []


def _killed(place: Place, words: list[str], after: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "earnest", *words],
        env=place.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(after)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_backup_of_an_older_version_is_brought_up_to_date(place: Place, tmp_path: Path) -> None:
    """One migration fewer: the tables of then are filled, compared, and then changed."""
    back = place.run("manage", "migrate", "pages", "0001", "-v", "0")
    assert back.returncode == 0, back.stderr
    old = place.backup("old.zip")
    assert "pages_takenout" not in said_by(old)["tables"]
    assert place.run("migrate").returncode == 0
    elsewhere = emptied(place, tmp_path / "elsewhere")
    done = elsewhere.run("restore", str(old))
    assert done.returncode == 0, done.stderr
    assert "pages_takenout" in said_by(elsewhere.backup("new.zip"))["tables"]
    assert elsewhere.run("migrate").stdout == "Nothing to do.\n"
