"""``at``: ISO 8601 → microseconds since 1970-01-01T00:00Z, and back. No time zone means UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from earnest.engine.rows import Bad, shown

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- taken from what has no zone
STEP = timedelta(microseconds=1)
LONGEST = 40
DAY = 86_400_000_000
FIRST = (datetime(1, 1, 1, tzinfo=UTC) - EPOCH) // STEP
LAST = (datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC) - EPOCH) // STEP


def read_moment(text: str) -> int:
    """Microseconds; raises Bad with the reason."""
    said = text.strip()
    if not said:
        raise Bad("at is empty.")
    try:
        moment = datetime.fromisoformat(said if said.isascii() and len(said) <= LONGEST else "")
    except ValueError:
        raise Bad(f"at {shown(said)} is no date or time such as 2026-11-20T14:30.") from None
    if moment.tzinfo is None:
        return (moment - NAIVE_EPOCH) // STEP
    return kept((moment - EPOCH) // STEP, said)


def kept(moment: int, said: str) -> int:
    """The moment, where a calendar has it in UTC."""
    if not FIRST <= moment <= LAST:
        raise Bad(f"at {shown(said)} lies outside the years 1 to 9999.")
    return moment


def read_as_of(text: str) -> int:
    """A date means its end, so that all of that day counts."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return read_moment(text)
    return ((day - EPOCH.date()).days + 1) * DAY - 1


def write_moment(moment: int) -> str:
    """ISO 8601 in UTC; a whole day is written as a date."""
    said = EPOCH + moment * STEP
    if moment % DAY == 0:
        return said.date().isoformat()
    return said.replace(tzinfo=None).isoformat() + "Z"
