"""Lessons and try-outs as those read them who do not lead: without words of people for the leads alone that
were copied into them (privacy.md 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy

from django.db.models import prefetch_related_objects

from earnest.initiatives.models import Initiative, Participation
from earnest.plans.queries.kept import cut_kept
from earnest.practice.models import (
    Attendance,
    CameUp,
    FollowUp,
    Lesson,
    LessonFile,
    LessonLink,
    Point,
    TryOut,
)

TYPED: dict[type, tuple[str, ...]] = {
    Lesson: ("title", "taught_by", "place"),
    LessonFile: ("name",),
    LessonLink: ("label",),
    Point: ("words",),
    TryOut: ("what", "place", "help", "why"),
}
type Typed = Lesson | LessonFile | LessonLink | Point | TryOut


def cut_taught(
    initiative: Initiative, rows: Iterable[Typed], *, you: Participation | None = None
) -> None:
    """On the rows themselves, to be shown and not saved; ``you`` read your own words. One query."""
    typed = [(one, name) for one in rows for name in TYPED[type(one)]]
    cut = cut_kept(initiative, [getattr(one, name) for one, name in typed], you=you)
    for one, name in typed:
        setattr(one, name, cut(getattr(one, name)))


def cut_lesson(
    lesson: Lesson,
    points: Iterable[Point],
    files: Iterable[LessonFile] = (),
    *,
    you: Participation,
) -> None:
    """A lesson with what belongs to it, its links too. Two queries."""
    prefetch_related_objects([lesson], "links")
    cut_taught(you.initiative, [lesson, *points, *files, *lesson.links.all()], you=you)


def point_for[Row: (CameUp, FollowUp)](row: Row) -> Row:
    """A row about one point as its person reads it: a copy, to be shown and not saved."""
    row, you = copy(row), row.participation
    row.lesson, row.point = copy(row.lesson), copy(row.point)
    cut_taught(you.initiative, [row.lesson, row.point], you=you)
    return row


def try_out_for(row: TryOut) -> TryOut:
    """The same of something offered to try."""
    row, you = copy(row), row.participation
    cut_taught(you.initiative, [row], you=you)
    return row


def as_mailed[Row: (Attendance, FollowUp)](rows: Sequence[Row]) -> dict[int, Row]:
    """By participation, as their mails say it, with nobody's kept words: copies, to be written and
    not saved. All of one initiative; one query, however many."""
    lessons: dict[int, Lesson] = {}
    points: dict[int, Point] = {}
    found = [copy(row) for row in rows]
    for row in found:
        row.lesson = lessons.setdefault(row.lesson_id, copy(row.lesson))
        if isinstance(row, FollowUp):
            row.point = points.setdefault(row.point_id, copy(row.point))
    if found:
        cut_taught(found[0].participation.initiative, [*lessons.values(), *points.values()])
    return {row.participation_id: row for row in found}
