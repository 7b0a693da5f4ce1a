"""Reads of the rhythm: the next steps, how often a word is due for whom, what changed, the digest."""

from __future__ import annotations

from earnest.rhythm.cadence import Plan, cadence_of, cadences_of, talk_due_sql
from earnest.rhythm.queries.due import due, due_page
from earnest.rhythm.queries.standings import Standing, standings
from earnest.rhythm.queries.steps import (
    CASES,
    Place,
    Proposed,
    chosen_about,
    first_steps,
    place_of,
    step_with,
    steps_about,
    steps_for,
)

__all__ = [
    "CASES",
    "Place",
    "Plan",
    "Proposed",
    "Standing",
    "cadence_of",
    "cadences_of",
    "chosen_about",
    "due",
    "due_page",
    "first_steps",
    "place_of",
    "standings",
    "step_with",
    "steps_about",
    "steps_for",
    "talk_due_sql",
]
