"""What is written of plans: one file for each sort of thing."""

from __future__ import annotations

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
    "MeasureDraft",
    "NotInThePlan",
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
]
