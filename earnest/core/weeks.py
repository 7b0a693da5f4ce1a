"""Weeks begin on Monday: of days that are somebody's own already, by their zone; pure."""

from __future__ import annotations

from datetime import date, timedelta


def monday_of(day: date) -> date:
    """On which the week of this day began."""
    return day - timedelta(days=day.weekday())
