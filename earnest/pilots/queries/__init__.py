"""Reads of pilots: who waits for an answer, who is in the part, what was read, and whether it helped."""

from earnest.pilots.queries.became import became_of
from earnest.pilots.queries.comparing import large_comparisons
from earnest.pilots.queries.cutting import COUNTS_ENOUGH, cut_measured, cut_typed, for_others
from earnest.pilots.queries.first import (
    Asked,
    asked_of,
    call_on,
    calls_over,
    not_mailed,
    volunteers_of,
    waiting,
)
from earnest.pilots.queries.measured import (
    Found,
    Measured,
    began_on,
    due_on,
    effect_of,
    found,
    is_read,
    last_day,
    line_is_met,
    measured,
    measured_of,
    not_read_then,
    shown,
)
from earnest.pilots.queries.running import (
    missing_to_start,
    moved_away,
    newcomers,
    people_in,
    pilots_of,
    steps_of,
    words_about,
)

__all__ = [
    "COUNTS_ENOUGH",
    "Asked",
    "Found",
    "Measured",
    "asked_of",
    "became_of",
    "began_on",
    "call_on",
    "calls_over",
    "cut_measured",
    "cut_typed",
    "due_on",
    "effect_of",
    "for_others",
    "found",
    "is_read",
    "large_comparisons",
    "last_day",
    "line_is_met",
    "measured",
    "measured_of",
    "missing_to_start",
    "moved_away",
    "newcomers",
    "not_mailed",
    "not_read_then",
    "people_in",
    "pilots_of",
    "shown",
    "steps_of",
    "volunteers_of",
    "waiting",
    "words_about",
]
