"""From disk and by Dask the map is the same as in memory."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from earnest.cli.map import cluster, command
from earnest.cli.map.reading import spool
from earnest.cli.map.tests.calls import draw
from earnest.cli.map.tests.files import two_sides, written
from earnest.cli.stop import Stop
from earnest.engine.opinion import maps

ROOT = Path(__file__).resolve().parents[4]
POLIS = Path(os.environ.get("EARNEST_DATA") or ROOT.parent / "shared/data") / "polis"
needs_dask = pytest.mark.skipif(find_spec("dask") is None, reason="Dask is not installed")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that even small files are cut into many ranges and blocks."""
    monkeypatch.setattr(spool, "SORTED", 150)
    monkeypatch.setattr(spool, "READ", 70)
    monkeypatch.setattr(spool, "TOGETHER", 2)
    monkeypatch.setattr(maps, "BLOCK", 200)


def same(path: Path, *words: str) -> None:
    inside = draw(path, *words, out="inside.json")
    beyond = draw(path, *words, "--cluster", out="beyond.json")
    for found in (inside, beyond):
        found["method"].pop("seconds")
    assert beyond["participants"] == inside["participants"]
    assert beyond == inside


@needs_dask
@pytest.mark.parametrize("sure", [[], ["--no-sure"]])
def test_two_sides_are_the_same(sure: list[str], tmp_path: Path) -> None:
    same(written(tmp_path, *two_sides(), "7,3,1", "7,3,-1", "zoë,é,1", "Ben,2,1"), *sure)


@needs_dask
def test_the_last_by_time_counts_from_disk_too(tmp_path: Path) -> None:
    rows = [f"{(n * 37) % 100},{row}" for n, row in enumerate([*two_sides(), *two_sides(seed=8)])]
    same(written(tmp_path, *rows, header="timestamp,voter,statement,vote"), "--no-sure")


@needs_dask
@pytest.mark.skipif(not POLIS.is_dir(), reason="the open conversations are not here")
def test_an_open_conversation_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "SORTED", 1_000)
    monkeypatch.setattr(maps, "BLOCK", 2_000)
    folder = POLIS / "brexit-consensus"
    path = tmp_path / "votes.csv"
    path.write_bytes((folder / "votes.csv").read_bytes())
    same(path, "--comments", str(folder / "comments.csv"))


def test_what_is_too_large_goes_to_disk_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, *two_sides())
    inside = draw(path, "--no-sure", out="inside.json")
    monkeypatch.setattr(command, "too_large", lambda path: True)
    beyond = draw(path, "--no-sure", out="beyond.json")
    assert beyond["participants"] == inside["participants"]
    assert "are kept in" in capsys.readouterr().err


def test_without_dask_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(Stop, match=r"earnest\[cluster\]"):
        draw(written(tmp_path, *two_sides()), "--cluster")


def test_nothing_is_too_large_for_what_is_free_many_times_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, *two_sides())
    assert not cluster.too_large(path)
    monkeypatch.setattr(cluster, "A_ROW", 1e-12)
    assert cluster.too_large(path)
