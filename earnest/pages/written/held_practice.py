"""What is held of a person about lessons: where they were, what came back, and what came up."""

from __future__ import annotations

from typing import Any

from earnest.initiatives.models import Participation
from earnest.pages.written.taught import Practice
from earnest.practice.queries import cut_taught

type Data = dict[str, Any]


def held_practice(participation: Participation, practice: Practice) -> Data:
    """Everything of it, with what they said before they said it otherwise."""
    rows = participation.came_up.select_related("lesson", "point", "told_by__person")
    said = list(rows.order_by("pk"))
    taught = [row for one in said for row in (one.lesson, one.point)]
    cut_taught(participation.initiative, taught, you=participation)
    return {
        "lessons": [
            {
                "title": one.title,
                "on": one.on,
                "state": one.called,
                "answered": one.will_called,
                "answered_at": one.will_at,
            }
            for one in practice.lessons
        ],
        "points_brought_back": [
            {
                "words": one.point.words,
                "title": one.lesson.title,
                "due": one.due,
                "state": one.get_state_display(),
                "why": one.get_why_display(),
                "asked_at": one.asked_at,
                "answer": one.get_answer_display(),
                "in_a_line": one.words,
                "answered_at": one.answered_at,
            }
            for one in practice.follow_ups
        ],
        "what_came_up": [
            {
                "words": one.point.words,
                "title": one.lesson.title,
                "at": one.at,
                "said_at": one.said_at,
                "by": one.told_by.person.name if one.told_by else "",
                "how_it_went": one.get_how_display(),
                "in_a_line": one.words,
            }
            for one in said
        ],
        "who_may_say_that_it_came_up": [
            {"who": one.who, "by_the_person": one.by_them, "since": one.at, "until": one.until}
            for one in practice.agreed
        ],
    }
