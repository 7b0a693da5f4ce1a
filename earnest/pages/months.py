"""Whole months back: the same day of an earlier month, or its last one.

A file of its own: pure date work, and the reading of "six months" should be testable alone.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime


def months_before(at: datetime, months: int) -> datetime:
    """The moment so many months before: 31 August, six months, is the last day of February."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)
