"""What is written of plans: one file for each sort of thing."""

from __future__ import annotations

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
    "NotInThePlan",
    "PartDraft",
    "StillInThePlan",
    "add_part",
    "bring_part_back",
    "change_part",
    "drop_part",
    "move_part",
]
