"""Reads that join contexts, by the page they are for."""

from earnest.pages.queries.heard import Heard, heard_by, heard_in, still_to_tell
from earnest.pages.queries.limits import Limits, limits_of
from earnest.pages.queries.today import AT_MOST, ForOneself, Today, today_of

__all__ = [
    "AT_MOST",
    "ForOneself",
    "Heard",
    "Limits",
    "Today",
    "heard_by",
    "heard_in",
    "limits_of",
    "still_to_tell",
    "today_of",
]
