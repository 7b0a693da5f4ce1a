"""What is held of a person in spaces with names, beside their own ideas.

Of spaces without names nothing is held that leads to anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from earnest.ideas.models import Jotting
from earnest.initiatives.models import Participation
from earnest.pages.written.voted import votes_of

if TYPE_CHECKING:
    from earnest.pages.record import Record

type Data = dict[str, Any]


def held_together(participation: Participation, record: Record) -> Data:
    """Everything of it, with what nobody but them read yet."""
    unread = Jotting.objects.filter(voice__participation=participation)
    return {
        "ideas_they_are_for": [{"words": i.words, "on": i.on} for i in record.together.supports],
        "asked_for_ideas": [{"question": i.question, "at": i.at} for i in record.together.asked],
        "under_open_questions": [
            {
                "kind": one.called,
                "question": one.question,
                "words": one.words,
                "on": one.on,
                "seen_by": one.seen_by,
            }
            for one in record.said_openly
        ],
        "sentences_put_to_the_vote": [
            {"words": s.words, "on": s.on, "state": s.called, "why": s.reason}
            for s in record.voted.sentences
        ],
        "your_votes": votes_of(participation),
        "working_sessions": [
            {"about": one.question, "at": one.at, "let_in_by": one.let_in_by} for one in record.sat
        ],
        "written_and_read_by_nobody_yet": [{"words": one.words} for one in unread],
        "introductions": [
            {
                "at": one.made_at,
                "answered": one.side.get_answer_display(),
                "answered_at": one.side.answered_at,
                "passed_on_my_address": one.side.shows_address,
                "words": one.side.line,
            }
            for one in record.met
        ],
    }
