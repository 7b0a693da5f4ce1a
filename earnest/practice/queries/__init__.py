"""Reads of practice: lessons and their numbers, follow-ups, and for whom it came up."""

from earnest.practice.queries.coming_up import (
    agreements_of,
    colleague_named,
    how_it_stands,
    last_came_up,
    points_for,
    who_agreed,
)
from earnest.practice.queries.follow_ups import can_be_answered
from earnest.practice.queries.lessons import (
    LessonPage,
    OwnLesson,
    Ticked,
    Who,
    files_of,
    lesson_page,
    lessons_page,
    own_lesson,
    people_page,
)

__all__ = [
    "LessonPage",
    "OwnLesson",
    "Ticked",
    "Who",
    "agreements_of",
    "can_be_answered",
    "colleague_named",
    "files_of",
    "how_it_stands",
    "last_came_up",
    "lesson_page",
    "lessons_page",
    "own_lesson",
    "people_page",
    "points_for",
    "who_agreed",
]
