"""What joins contexts: beginning from notes, taking what was found in them, and the example."""

from __future__ import annotations

from earnest.pages.actions.example import build_example
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
    "NobodyNamed",
    "OwnPromise",
    "begin",
    "build_example",
    "note_conversation",
    "note_with",
    "short_title",
    "take_found",
    "tell_back",
    "tell_by_hand",
]
