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
from earnest.plans.actions.more_time import MoreTime, NothingMoves, take_more_time
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
from earnest.plans.actions.versions import (
    AlreadyPublished,
    ChangedMeanwhile,
    NothingChanged,
    Publication,
    publish,
    stop_news,
    want_news,
)

__all__ = [
    "AlreadyCorrected",
    "AlreadyPublished",
    "ChangedMeanwhile",
    "MeasureDraft",
    "MoreTime",
    "NotInThePlan",
    "NothingChanged",
    "NothingMoves",
    "PartDraft",
    "Publication",
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
    "publish",
    "stop_news",
    "take_more_time",
    "want_news",
]
