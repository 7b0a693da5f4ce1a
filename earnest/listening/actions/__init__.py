"""Every write of listening, by what it is about."""

from earnest.listening.actions.talks import (
    AlreadyDecided,
    Notes,
    Taken,
    answer_question,
    decide,
    leave_referral,
    note_conversation,
    say_who_was_there,
    set_balance,
    take_need,
    take_question,
    take_quote,
    take_referral,
    take_seen,
)

__all__ = [
    "AlreadyDecided",
    "Notes",
    "Taken",
    "answer_question",
    "decide",
    "leave_referral",
    "note_conversation",
    "say_who_was_there",
    "set_balance",
    "take_need",
    "take_question",
    "take_quote",
    "take_referral",
    "take_seen",
]
