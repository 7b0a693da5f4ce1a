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
from earnest.plans.actions.measures import (
    AlreadyCorrected,
    MeasureDraft,
    ReadingDraft,
    add_measure,
    add_readings,
    change_measure,
    correct_reading,
    follow_measure,
)
from earnest.plans.actions.parts import (
    NotInThePlan,
    PartDraft,
    StillInThePlan,
    add_part,
    bring_part_back,
    change_part,
    drop_part,
    move_part,
)

__all__ = [
    "AlreadyCorrected",
    "AnsweredAlready",
    "MeasureDraft",
    "NotInThePlan",
    "Noted",
    "PartDraft",
    "ReadingDraft",
    "StillInThePlan",
    "add_measure",
    "add_part",
    "add_readings",
    "bring_part_back",
    "change_measure",
    "change_part",
    "correct_reading",
    "drop_part",
    "follow_measure",
    "move_part",
    "note_input",
    "put_under",
    "put_with",
    "recount",
    "take_lines",
    "take_quote",
    "take_up",
]
