"""Keys of lists that go on by day and number: "2026-11-20~17" is the last row seen.

A file of its own: every context with such a list reads and writes the same keys.
"""

from __future__ import annotations

from datetime import date


def write_key(day: date, pk: int) -> str:
    """The key of a row, for the link to what follows it."""
    return f"{day.isoformat()}~{pk}"


def read_key(text: str) -> tuple[date, int] | None:
    """The row a key names; None for none, or for one that makes no sense."""
    day, _sep, pk = text.partition("~")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None
