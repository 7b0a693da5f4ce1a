"""What is written of practice: one file for each sort of thing."""

from __future__ import annotations

from earnest.practice.actions.coming_up import (
    NoAgreement,
    Went,
    agree,
    say_how_it_went,
    say_it_came_up,
    take_agreement_back,
)
from earnest.practice.actions.files import TooManyFiles, add_file, remove_file
from earnest.practice.actions.follow_ups import (
    AnswerOver,
    Said,
    answer_follow_up,
    ask_due,
    change_days,
    leave,
    outrank,
)
from earnest.practice.actions.inviting import Invited, invite_by_mail
from earnest.practice.actions.lessons import (
    CameUpAlready,
    LessonDraft,
    LessonOver,
    NotTaughtYet,
    mend_lesson,
    note_who_was_there,
    record_lesson,
    say_will,
    take_lesson_back,
)

__all__ = [
    "AnswerOver",
    "CameUpAlready",
    "Invited",
    "LessonDraft",
    "LessonOver",
    "NoAgreement",
    "NotTaughtYet",
    "Said",
    "TooManyFiles",
    "Went",
    "add_file",
    "agree",
    "answer_follow_up",
    "ask_due",
    "change_days",
    "invite_by_mail",
    "leave",
    "mend_lesson",
    "note_who_was_there",
    "outrank",
    "record_lesson",
    "remove_file",
    "say_how_it_went",
    "say_it_came_up",
    "say_will",
    "take_agreement_back",
    "take_lesson_back",
]
