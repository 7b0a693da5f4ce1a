"""Fixtures for tests of the whole installation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import installations, worlds


@pytest.fixture
def folder(transactional_db: None, tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The data folder of an installation of its own, with the world in it."""
    settings.DATA_DIR = tmp_path
    settings.MIGRATION_MODULES = {}
    worlds.build()
    with installations.of_its_own(tmp_path):
        yield tmp_path
