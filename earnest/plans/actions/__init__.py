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
from earnest.plans.actions.mending import (
    Reworded,
    mend_input,
    pass_input_on,
    pass_on_with,
    reword_quote,
    strike_input,
)
from earnest.plans.actions.replies import (
    Answer,
    AnsweredMeanwhile,
    NeedsAReason,
    NobodysAnyMore,
    Told,
    reply,
)
from earnest.plans.actions.threads import answer_in_thread, read, talk_back

__all__ = [
    "Answer",
    "AnsweredAlready",
    "AnsweredMeanwhile",
    "NeedsAReason",
    "NobodysAnyMore",
    "Noted",
    "Reworded",
    "Told",
    "answer_in_thread",
    "mend_input",
    "note_input",
    "pass_input_on",
    "pass_on_with",
    "put_under",
    "put_with",
    "read",
    "recount",
    "reply",
    "reword_quote",
    "strike_input",
    "take_lines",
    "take_quote",
    "take_up",
    "talk_back",
]
