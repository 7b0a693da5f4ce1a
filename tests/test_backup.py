"""A backup is one file, whole or not there at all, and every byte of it is checked."""

from __future__ import annotations

import random
import zipfile
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from earnest.cli import backup
from earnest.cli.copies import archive
from earnest.cli.copies.archive import Damaged
from earnest.cli.stop import Stop
from earnest.people.models import Person

AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def test_a_backup_is_whole_and_for_its_owner_alone(folder: Path) -> None:
    said = backup.make(folder / "one.zip", at=AT, with_key=False)
    found = archive.check(folder / "one.zip")
    assert found == said
    assert found.tables["people_person"].rows == Person.objects.count()
    assert found.database == connection.vendor
    assert (folder / "one.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir() if "part" in path.name] == []


def test_two_backups_of_the_same_moment_have_the_same_digests(folder: Path) -> None:
    one = backup.make(folder / "one.zip", at=AT, with_key=False)
    two = backup.make(folder / "two.zip", at=AT, with_key=False)
    assert one.tables == two.tables
    Person.objects.filter(name="Joan Okafor").update(name="Joan Okafur")
    three = backup.make(folder / "three.zip", at=AT, with_key=False)
    changed = {name for name, table in three.tables.items() if table != one.tables[name]}
    assert {name for name in changed if not name.startswith("search_")} == {"people_person"}


def test_a_bit_that_changed_is_noticed_wherever_it_is(folder: Path) -> None:
    backup.make(folder / "one.zip", at=AT, with_key=False)
    whole = (folder / "one.zip").read_bytes()
    dice = random.Random(20261122)
    places = [0, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(60))]
    for place in places:
        bad = bytearray(whole)
        bad[place] ^= 1 << dice.randrange(8)
        (folder / "bad.zip").write_bytes(bad)
        with pytest.raises(Damaged):
            archive.check(folder / "bad.zip")


@pytest.mark.parametrize("kept", [0, 0.01, 0.5, 0.999])
def test_a_file_cut_short_is_no_backup(kept: float, folder: Path) -> None:
    backup.make(folder / "one.zip", at=AT, with_key=False)
    whole = (folder / "one.zip").read_bytes()
    (folder / "bad.zip").write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(Damaged):
        archive.check(folder / "bad.zip")


def test_another_zip_is_no_backup(folder: Path) -> None:
    with zipfile.ZipFile(folder / "other.zip", "w") as other:
        other.writestr("readme.txt", "hello" * 100)
    with pytest.raises(Damaged):
        archive.check(folder / "other.zip")


def test_a_file_that_is_there_is_never_written_over(folder: Path) -> None:
    (folder / "mine.zip").write_text("mine")
    with pytest.raises(Stop, match="there already"):
        backup.target_of(folder / "mine.zip", AT)
    assert (folder / "mine.zip").read_text() == "mine"


def test_what_fails_half_way_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_add_beside", lambda *_, **__: Path("/nowhere/at/all").stat())
    with pytest.raises(Stop, match="No backup was made"):
        backup.make(folder / "one.zip", at=AT, with_key=False)
    assert list(folder.glob("*.zip")) == []
    assert list(folder.glob(".*part*")) == []


def test_what_died_half_way_is_cleared_away_by_the_next(folder: Path) -> None:
    left = folder / ".old.zip.123.earnest-part"
    left.write_text("half")
    with archive.open_private(folder / ".other.zip.124.earnest-part"):
        backup.make(folder / "one.zip", at=AT, with_key=False)
        assert not left.exists()
        assert (folder / ".other.zip.124.earnest-part").exists()  # another writes that one now


def test_the_secret_key_is_in_it_only_where_asked_for(
    folder: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    key = settings.SECRET_KEY
    words = {"check": False, "data_dir": None}
    for with_key in (False, True):
        file = folder / f"{with_key}.zip"
        backup.backup(Namespace(file=file, with_key=with_key, **words))
        with zipfile.ZipFile(file) as whole:
            assert ("secret-key" in whole.namelist()) is with_key
            others = [whole.read(name) for name in whole.namelist() if name != "secret-key"]
        assert not any(key.encode() in data for data in others)
    said = capsys.readouterr().out
    assert key not in said
    assert "NOT in it: the secret key" in said
    assert "The secret key is in it" in said


def test_a_check_says_what_is_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup.make(folder / "one.zip", at=AT, with_key=False)
    backup.say_checked(folder / "one.zip")
    said = capsys.readouterr().out
    assert "is whole" in said
    assert "2026-11-22 04:00:00 UTC" in said
