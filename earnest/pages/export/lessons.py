"""Lessons and their points, and with people what came of them, as CSV (0.4, 0.8, 0.9).

A file of its own beside ``people.py``: without people it is our own words alone, without who taught
it and without numbers, for of few people these would tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.pages.export.people import with_those_there
from earnest.pages.export.writing import File, Rows, table
from earnest.plans.queries.kept import cut_kept
from earnest.practice.models import Attendance, CameUp, FollowUp, Point

AT_ONCE = 500
OF_POINTS = ("lesson", "day", "point")
OF_EACH = ("name", "lesson", "day", "there")
OF_MOMENTS = ("name", "lesson", "point", "came_up_on", "how_it_went", "in_their_words")
OF_ANSWERS = ("name", "lesson", "point", "asked_on", "answer", "in_their_words")


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "lessons.csv",
        _("what was taught, point by point"),
        table(OF_POINTS, _points(initiative, with_people=with_people)),
    )
    if with_people:
        yield File(
            "who_was_there.csv", _("who was at which lesson"), table(OF_EACH, _there(initiative))
        )
        yield File(
            "what_came_up.csv",
            _("for whom a point came up, and how it went in their words"),
            table(OF_MOMENTS, _came_up(initiative)),
        )
        yield File(
            "points_brought_back.csv",
            _("points of lessons brought back, and what was answered"),
            table(OF_ANSWERS, _brought_back(initiative)),
        )


def _points(initiative: Initiative, *, with_people: bool) -> Rows:
    """Our own words, cut where they hold somebody's for the leads alone."""
    rows = Point.objects.filter(
        lesson__initiative=initiative, lesson__taken_back_at=None, struck_at=None
    ).order_by("lesson__taught_on", "lesson", "position")
    points = list(rows.values_list("lesson__title", "lesson__taught_on", "words"))
    texts = [text for title, _on, words in points for text in (title, words)]
    cut = str if with_people else cut_kept(initiative, texts)
    for title, taught_on, words in points:
        yield (cut(title), taught_on, cut(words))


def _there(initiative: Initiative) -> Rows:
    rows = Attendance.objects.filter(with_those_there(), lesson__initiative=initiative)
    joined = rows.select_related("participation__person", "lesson")
    for one in joined.order_by("lesson__taught_on", "lesson", "pk").iterator(AT_ONCE):
        who, lesson = str(one.participation.person), one.lesson
        yield (who, lesson.title, lesson.taught_on, one.get_state_display())


def _came_up(initiative: Initiative) -> Rows:
    rows = CameUp.objects.true().filter(with_those_there(), initiative=initiative)
    joined = rows.select_related("participation__person", "lesson", "point")
    for one in joined.order_by("at", "pk").iterator(AT_ONCE):
        yield (
            str(one.participation.person),
            one.lesson.title,
            one.point.words,
            initiative.workspace.day(one.at),
            one.get_how_display(),
            one.words,
        )


def _brought_back(initiative: Initiative) -> Rows:
    rows = FollowUp.objects.filter(with_those_there(), initiative=initiative)
    joined = rows.exclude(asked_at=None).select_related("participation__person", "lesson", "point")
    for one in joined.order_by("due", "pk").iterator(AT_ONCE):
        yield (
            str(one.participation.person),
            one.lesson.title,
            one.point.words,
            initiative.workspace.day(one.asked_at) if one.asked_at else None,
            one.get_answer_display(),
            one.words,
        )
