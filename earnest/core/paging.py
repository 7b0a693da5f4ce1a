"""Keys of lists: a number, or day or moment and number, "2026-11-20~17", of the last row seen.

A file of its own: every context with such a list reads and writes the same keys.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def write_key(day: date, pk: int) -> str:
    """The key of a row, for the link to what follows it."""
    return f"{day.isoformat()}~{pk}"


def read_key(text: str) -> tuple[date, int] | None:
    """The row a key names; None for none, or for one that makes no sense."""
    day, _sep, number = text.partition("~")
    pk = read_number(number)
    try:
        return (date.fromisoformat(day), pk) if pk is not None else None
    except ValueError:
        return None


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
A_TICK = timedelta(microseconds=1)


def write_moment_key(at: datetime, pk: int) -> str:
    """The same where rows of one day are told apart by the moment, to its last digit."""
    return f"{(at - EPOCH) // A_TICK}~{pk}"


def read_moment_key(text: str) -> tuple[datetime, int] | None:
    """The moment and the row a key names; None for none, or for one that makes no sense."""
    ticks, _sep, number = text.partition("~")
    when, pk = read_number(ticks), read_number(number)
    try:
        return (EPOCH + when * A_TICK, pk) if when is not None and pk is not None else None
    except OverflowError:
        return None


def read_number(text: str) -> int | None:
    """The number of a row; None for what is none, or larger than any."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
