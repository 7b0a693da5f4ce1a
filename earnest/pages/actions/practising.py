"""Plays the lessons of the example: who was there, what came back to whom, and for whom it came up.

A file of its own beside ``stepping.py``, for it is another context's story.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.practice import actions as practice
from earnest.practice.actions import LessonDraft, Said, Went
from earnest.practice.models import FollowUp, Lesson

WRITTEN, ASKED, CAME_UP, ANSWERED = 10, 11, 13, 15  # hours of a day
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """Each lesson as it was written down; what came of it follows."""
    for row in story().practice["lesson"]:
        yield scene.calendar.moment(row["written"], WRITTEN), partial(_lesson, scene, row)


def _lesson(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    draft = LessonDraft(
        row["title"],
        scene.calendar.day(row["day"]),
        tuple(row["points"]),
        taught_by=row["taught_by"],
        place=row["place"],
        links=tuple((label, where) for label, where in row["links"]),
    )
    lesson = practice.record_lesson(scene.initiative, draft, by=scene.by, at=at)
    if file := row.get("file"):
        name, words = file
        practice.add_file(lesson, name, words.strip().encode(), by=scene.by, at=at)
    _who(scene, lesson, row, at)
    moment = scene.calendar.moment
    for one in row.get("will", ()):
        yield moment(one["day"], ANSWERED), partial(_will, scene, lesson, one)
    for one in row.get("came_up", ()):
        yield moment(one["day"], CAME_UP), partial(_came_up, scene, lesson, one)
    for one in row.get("asked", ()):
        yield moment(one["day"], ASKED), partial(_asked, scene, lesson, one)


def _who(scene: Scene, lesson: Lesson, row: Row, at: datetime) -> None:
    states = {
        **dict.fromkeys(row.get("there", ()), "there"),
        **dict.fromkeys(row.get("not_there", ()), "not_there"),
        **dict.fromkeys(row.get("invited", ()), "unknown"),
    }
    those = {scene.on_it[name]: state for name, state in states.items()}
    practice.note_who_was_there(lesson, those, by=scene.by, at=at)


def _will(scene: Scene, lesson: Lesson, row: Row, at: datetime) -> None:
    practice.say_will(scene.on_it[row["who"]], lesson, row["will"], at=at)


def _came_up(scene: Scene, lesson: Lesson, row: Row, at: datetime) -> Iterator[Act]:
    point = lesson.points.select_related("lesson").get(position=row["point"])
    up = practice.say_it_came_up(scene.on_it[row["who"]], point, at=at)

    def told(at: datetime) -> None:
        practice.say_how_it_went(up, Went(row["how"], row["words"]), at=at)

    yield scene.calendar.moment(row["day"], ANSWERED), told


def _asked(scene: Scene, lesson: Lesson, row: Row, at: datetime) -> Iterator[Act]:
    """One point brought back on their page: they have no address, so nothing is mailed."""
    rows = FollowUp.objects.filter(lesson=lesson, after=row["after"]).select_related(
        "lesson",
        "point",
        "participation__person__workspace",
        "participation__held_by",
        "participation__initiative__workspace",
    )
    asked = rows.get(participation=scene.on_it[row["who"]])
    if not practice.ask_due([asked], at=at):  # asked for another example lately
        return

    def answered(at: datetime) -> None:
        practice.answer_follow_up(asked, Said(row["answer"], row["words"]), at=at)

    yield scene.calendar.moment(row["answered"], ANSWERED), answered
