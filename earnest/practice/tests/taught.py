"""A lesson as tests need it, with somebody who was there."""

from __future__ import annotations

from datetime import date
from typing import Any

from earnest.initiatives.models import Participation
from earnest.practice import actions
from earnest.practice.actions import LessonDraft
from earnest.practice.models import Lesson, Point
from tests.worlds import NOW, World

POINTS = ("One owner for each request", "Say by when, not “soon”", "Pass it on with its story")


def a_lesson(world: World, *there: Participation, on: date | None = None, **more: Any) -> Lesson:
    """Taught today unless said otherwise; these people were there."""
    draft = LessonDraft(
        more.pop("title", "Handing a request over"),
        on or NOW.date(),
        more.pop("points", POINTS),
        **more,
    )
    lesson = actions.record_lesson(world.initiative, draft, by=world.lead, at=NOW)
    if there:
        were_there(world, lesson, *there)
    return fresh(lesson)


def were_there(world: World, lesson: Lesson, *there: Participation, state: str = "there") -> None:
    states = dict.fromkeys(there, state)
    actions.note_who_was_there(lesson, states, by=world.lead, at=NOW)


def fresh(lesson: Lesson) -> Lesson:
    """As it stands in the database, with its initiative."""
    return Lesson.objects.select_related("initiative__workspace").get(pk=lesson.pk)


def first_point(lesson: Lesson) -> Point:
    return lesson.points.select_related("lesson").get(position=0)
