"""Reads of plans, inputs and replies."""

from __future__ import annotations

from earnest.plans.queries.inputs import (
    Answered,
    Queue,
    Waiting,
    answered_line,
    answers_not_taken,
    count_open,
    ideas_not_taken,
    is_before_decision,
    median_days,
    moment_of,
    oldest_moment,
    open_inputs,
    open_needs,
    own_words_not_taken,
    queue,
    rounds_not_taken,
    unread_posts,
    waiting,
    with_something_to_take,
)
from earnest.plans.queries.replies import (
    Reached,
    heard_of,
    reached_by,
    words_of,
)

__all__ = [
    "Answered",
    "Queue",
    "Reached",
    "Waiting",
    "answered_line",
    "answers_not_taken",
    "count_open",
    "heard_of",
    "ideas_not_taken",
    "is_before_decision",
    "median_days",
    "moment_of",
    "oldest_moment",
    "open_inputs",
    "open_needs",
    "own_words_not_taken",
    "queue",
    "reached_by",
    "rounds_not_taken",
    "unread_posts",
    "waiting",
    "with_something_to_take",
    "words_of",
]
