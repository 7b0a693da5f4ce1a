"""Reads of check-ins: who is asked, what may be published, and how it stands."""

from earnest.checkins.queries.choosing import WhoIsAsked, shown_together, who_is_asked
from earnest.checkins.queries.results import Figures, figures_of, may_be_published
from earnest.checkins.queries.rounds import (
    OwnCheckIn,
    RoundPage,
    due_to_close,
    last_change,
    last_of,
    mails_to_send,
    named_answers,
    old_lines,
    open_unnamed,
    own_check_in,
    page_of,
    rounds_of,
    waits_for_answer,
    with_sealed_mail,
)

__all__ = [
    "Figures",
    "OwnCheckIn",
    "RoundPage",
    "WhoIsAsked",
    "due_to_close",
    "figures_of",
    "last_change",
    "last_of",
    "mails_to_send",
    "may_be_published",
    "named_answers",
    "old_lines",
    "open_unnamed",
    "own_check_in",
    "page_of",
    "rounds_of",
    "shown_together",
    "waits_for_answer",
    "who_is_asked",
    "with_sealed_mail",
]
