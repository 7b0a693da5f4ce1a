"""Every setting that makes no sense is refused with one sentence that names it."""

from __future__ import annotations

import re
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from earnest.config import settings
from earnest.config.environment import BadSetting
from earnest.config.parent import VARIABLE
from tests.commands import clean, earnest

SETTINGS = Path(settings.__file__)
SENSELESS = [
    ("EARNEST_DEBUG", "maybe"),
    ("EARNEST_BEHIND_PROXY", "perhaps"),
    ("EARNEST_BASE_URL", "earnest.example.org"),
    ("EARNEST_BASE_URL", "ftp://earnest.example.org"),
    ("EARNEST_BASE_URL", "https://earnest.example.org/path"),
    ("EARNEST_BASE_URL", "https://earnest.example.org:http"),
    ("EARNEST_BASE_URL", "https://me:secret@earnest.example.org"),
    ("EARNEST_BASE_URL", "https://"),
    ("EARNEST_TIME_ZONE", "Mars/Olympus"),
    ("EARNEST_TIME_ZONE", ""),
    ("EARNEST_LANGUAGES", "en,klingon"),
    ("EARNEST_SECRET_KEY", "short"),
    ("EARNEST_LOG_LEVEL", "LOUD"),
    ("EARNEST_DATA_DIR", "/proc/earnest"),
    ("DATABASE_URL", "mysql://me@there/it"),
    ("DATABASE_URL", "postgresql://me@there:port/it"),
    ("DATABASE_URL", "postgresql://me@there"),
    ("DATABASE_URL", "nonsense"),
]


@pytest.mark.parametrize(("name", "value"), SENSELESS)
def test_a_senseless_setting_is_refused(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARNEST_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=rf"^{name}: .{{10,}}") as refused:
        runpy.run_path(str(SETTINGS))
    assert "\n" not in str(refused.value)


def test_a_refusal_is_one_line_and_its_own_exit_code(tmp_path: Path) -> None:
    done = earnest("migrate", env=clean(tmp_path, EARNEST_DEBUG="maybe"))
    assert done.returncode == 2
    assert done.stderr == "earnest: EARNEST_DEBUG: say true or false\n"


def test_a_refused_database_address_keeps_its_password_to_itself(tmp_path: Path) -> None:
    address = "postgresql://me:hush-hush@there:port/it"
    done = earnest("migrate", env=clean(tmp_path, DATABASE_URL=address))
    assert "hush-hush" not in done.stderr


def test_the_data_directory_and_its_key_are_for_one_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert earnest("migrate", env=clean(folder)).returncode == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600


def test_sqlite_writes_ahead_checks_keys_and_takes_its_turn(tmp_path: Path) -> None:
    env = clean(tmp_path / "data", DJANGO_SETTINGS_MODULE="earnest.config.settings")
    earnest("migrate", env=env)
    code = (
        "import django; django.setup(); from django.db import connection as c, transaction as t;"
        "cur = c.cursor();"
        "ask = lambda p: cur.execute(f'PRAGMA {p}').fetchone()[0];"
        "print(ask('journal_mode'), ask('foreign_keys'), ask('synchronous'), ask('busy_timeout'),"
        " c.transaction_mode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["wal", "1", "2", "20000", "IMMEDIATE"]
    kept = sqlite3.connect(tmp_path / "data" / "earnest.sqlite3")
    assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_setting_is_told_to_operators() -> None:
    read = {
        name
        for path in SETTINGS.parent.glob("*.py")
        for name in re.findall(r"\b(?:EARNEST_[A-Z_]+|DATABASE_URL)\b", path.read_text())
    }
    told = Path("docs/operators.md").read_text()
    assert {name for name in read - {VARIABLE} if f"`{name}`" not in told} == set()
