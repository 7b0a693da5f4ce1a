"""Setting a sheet by typst. What is told goes in as data: no sign anybody types means anything there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

SHARP = 144  # dots an inch, of a picture


def set_by(name: str, told: dict[str, Any], *, shape: str = "paper") -> bytes:
    """A PDF by the source of this name beside here; ``shape`` "picture" is a PNG of one sheet.

    Typst is loaded where it is needed: the web process starts without it.
    """
    import typst  # noqa: PLC0415

    inputs = {"data": json.dumps(told, ensure_ascii=False), "shape": shape}
    kind: Literal["png", "pdf"] = "png" if shape == "picture" else "pdf"
    return bytes(typst.compile(_source(name), format=kind, ppi=SHARP, sys_inputs=inputs))


@cache
def _source(name: str) -> bytes:
    return Path(__file__).with_name(f"{name}.typ").read_bytes()
