"""Calls into contexts still being written; this file goes when they are there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from earnest.cli.stop import Stop


def needed(module: str, name: str) -> Any:
    """The action of that name, or one line saying that it is not there yet."""
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise Stop(f"{module}.{name} is not built yet.") from error
