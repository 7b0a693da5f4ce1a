"""Every write of check-ins: a round from its draft to its end, the answers, the slots."""

from __future__ import annotations

from earnest.checkins.actions.answers import (
    AlreadySent,
    RoundOver,
    Taps,
    answer_by_name,
    answer_unnamed,
    reword_line,
    take_answer_back,
)
from earnest.checkins.actions.ending import close_round, end_unpublished, say_answered
from earnest.checkins.actions.opening import open_round, remind
from earnest.checkins.actions.rounds import (
    AlreadyOpen,
    CannotCheckIn,
    LastNotAnswered,
    RoundDraft,
    change_round,
    drop_round,
    make_round,
)
from earnest.checkins.actions.slots import drop_slots, lay_slots, mix_slots

__all__ = [
    "AlreadyOpen",
    "AlreadySent",
    "CannotCheckIn",
    "LastNotAnswered",
    "RoundDraft",
    "RoundOver",
    "Taps",
    "answer_by_name",
    "answer_unnamed",
    "change_round",
    "close_round",
    "drop_round",
    "drop_slots",
    "end_unpublished",
    "lay_slots",
    "make_round",
    "mix_slots",
    "open_round",
    "remind",
    "reword_line",
    "say_answered",
    "take_answer_back",
]
