"""Reads of the rhythm: the next steps, how often a word is due for whom, what changed, the digest."""

from __future__ import annotations

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
    "Proposed",
    "chosen_about",
    "first_steps",
    "place_of",
    "step_with",
    "steps_about",
    "steps_for",
]
