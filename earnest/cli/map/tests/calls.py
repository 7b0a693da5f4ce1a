"""Calling ``earnest map`` in tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from earnest.cli import verbs


def draw(path: Path, *words: str, out: str = "map.json") -> dict[str, Any]:
    """The map as JSON; anything in it that is no number ends the test."""
    place = path.parent / out
    assert verbs.run(["map", str(path), "--out", str(place), *words]) == 0
    return load(place)


def load(path: Path) -> dict[str, Any]:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} in the JSON")

    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)
    return found


def left(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}
