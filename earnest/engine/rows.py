"""A row of somebody's file that cannot be taken, and their text inside a sentence about it."""

from __future__ import annotations


class Bad(Exception):
    """Why one row cannot be taken, in words."""


def shown(text: str) -> str:
    """Somebody's text inside a sentence: quoted, short, on one line, printable anywhere."""
    cut = text if len(text) <= 40 else f"{text[:40]}…"
    return repr(cut.encode("utf-8", "backslashreplace").decode())
