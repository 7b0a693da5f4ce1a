"""What is written of plans: one file for each sort of thing."""

from __future__ import annotations

from earnest.plans.actions.inputs import (
    AnsweredAlready,
    Noted,
    note_input,
    put_under,
    put_with,
    recount,
    take_lines,
    take_quote,
    take_up,
)

__all__ = [
    "AnsweredAlready",
    "Noted",
    "note_input",
    "put_under",
    "put_with",
    "recount",
    "take_lines",
    "take_quote",
    "take_up",
]
