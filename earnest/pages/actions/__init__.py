"""What joins contexts: beginning from notes, taking what was found in them, and the example."""

from __future__ import annotations

from earnest.pages.actions.estimating import estimate_example
from earnest.pages.actions.example import build_example
from earnest.pages.actions.exporting import note_taken_out
from earnest.pages.actions.own_words import (
    answer_in_writing,
    mend_quote,
    pass_on,
    strike_quote,
    write_in_own_hand,
)
from earnest.pages.actions.restoring import MadeRight, make_right
from earnest.pages.actions.taking import (
    Decision,
    NobodyNamed,
    OwnPromise,
    begin,
    note_conversation,
    note_with,
    short_title,
    take_found,
)
from earnest.pages.actions.telling import tell_back, tell_by_hand

__all__ = [
    "Decision",
    "MadeRight",
    "NobodyNamed",
    "OwnPromise",
    "answer_in_writing",
    "begin",
    "build_example",
    "estimate_example",
    "make_right",
    "mend_quote",
    "note_conversation",
    "note_taken_out",
    "note_with",
    "pass_on",
    "short_title",
    "strike_quote",
    "take_found",
    "tell_back",
    "tell_by_hand",
    "write_in_own_hand",
]
