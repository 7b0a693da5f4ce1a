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
from earnest.practice.queries.reading import (
    as_mailed,
    cut_lesson,
    cut_taught,
    point_for,
    try_out_for,
)

__all__ = [
    "LessonPage",
    "OwnLesson",
    "Ticked",
    "Who",
    "agreements_of",
    "as_mailed",
    "can_be_answered",
    "colleague_named",
    "cut_lesson",
    "cut_taught",
    "files_of",
    "how_it_stands",
    "last_came_up",
    "lesson_page",
    "lessons_page",
    "own_lesson",
    "people_page",
    "point_for",
    "points_for",
    "try_out_for",
    "who_agreed",
]
