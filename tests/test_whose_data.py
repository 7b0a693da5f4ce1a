"""--data-dir says whose data a command is about, before any of it is read."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import django
import pytest

from earnest.cli import backup, database, export, restore


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the data were said to be as the settings would have been read; there it ends."""
    seen: list[str] = []

    def stop_here() -> None:
        seen.append(os.environ["EARNEST_DATA_DIR"])
        raise InterruptedError

    monkeypatch.setenv("EARNEST_DATA_DIR", "/as/it/was")
    monkeypatch.setattr(django, "setup", stop_here)
    return seen


@pytest.mark.parametrize("command", [backup.backup, restore.restore, export.export])
def test_the_folder_is_known_before_settings_are_read(
    command: Callable[[argparse.Namespace], int], loaded: list[str], tmp_path: Path
) -> None:
    for folder in (None, tmp_path):
        with pytest.raises(InterruptedError):
            command(argparse.Namespace(data_dir=folder))
    assert loaded == ["/as/it/was", str(tmp_path)]


def test_without_one_nothing_is_set(loaded: list[str]) -> None:
    with pytest.raises(InterruptedError):
        database.set_up()
    assert loaded == ["/as/it/was"]
