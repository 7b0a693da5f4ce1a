"""The only place where what happens becomes evidence, evidence a rung, and rungs figures in groups."""

from __future__ import annotations

from earnest.standing.actions.evidence import (
    A_MINUTE,
    NOT_RIGHT,
    SAID_NO,
    SAID_YES,
    Fact,
    clear_no_chance,
    erase_record,
    is_on_record,
    mark_no_chance,
    note_heard,
    note_no,
    note_yes,
    record_evidence,
    reword,
    say_anew,
    say_not_right,
    take_word_back,
    withdraw_evidence,
)
from earnest.standing.actions.groups import BY_LOT, make_figures
from earnest.standing.actions.turning import (
    Grounds,
    allow_estimate,
    begin_refit,
    forget_forbidden,
    refuse_estimate,
    turn_off,
    turn_on,
)

__all__ = [
    "A_MINUTE",
    "BY_LOT",
    "NOT_RIGHT",
    "SAID_NO",
    "SAID_YES",
    "Fact",
    "Grounds",
    "allow_estimate",
    "begin_refit",
    "clear_no_chance",
    "erase_record",
    "forget_forbidden",
    "is_on_record",
    "make_figures",
    "mark_no_chance",
    "note_heard",
    "note_no",
    "note_yes",
    "record_evidence",
    "refuse_estimate",
    "reword",
    "say_anew",
    "say_not_right",
    "take_word_back",
    "turn_off",
    "turn_on",
    "withdraw_evidence",
]
