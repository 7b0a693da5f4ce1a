"""Lessons, their points, and moments: what of them is found, by those who lead there (0.9)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.access import Anyone
from earnest.pages.search.sort import LED, Row, Scope, Sort, Watched, own_page
from earnest.practice import access
from earnest.practice.models import Moment, Point


def _points(user: Anyone) -> QuerySet[Point]:
    return Point.objects.filter(lesson__in=access.lessons_for(user), struck_at=None)


def _moments(user: Anyone) -> QuerySet[Moment]:
    return access.moments_for(user).filter(stopped_at=None)


def _place_of_point(row: Row, leads: bool) -> str:
    """``person_pk`` of it is the key of its lesson."""
    return reverse("practice:lesson", args=[row.person_pk])


SORTS = (
    Sort(
        name="lesson",
        label=_("Lessons"),
        table="practice_lesson",
        columns=("title", "taught_by", "place", "initiative_id", "taken_back_at"),
        indexed="t.title || ' ' || t.taught_by || ' ' || t.place",
        where="t.taken_back_at IS NULL",
        rows=access.lessons_for,
        url=own_page("practice:lesson"),
        words="title",
        day="taught_on",
        person="",
    ),
    Sort(
        name="moment",
        label=_("Moments"),
        table="practice_moment",
        columns=("what", "link", "initiative_id", "stopped_at"),
        indexed="t.what || ' ' || t.link",
        where="t.stopped_at IS NULL",
        rows=_moments,
        url=own_page("practice:moment"),
        title="what",
        words="link",
        day="made_at",
        person="",
    ),
    Sort(
        name="point",
        label=_("Points of lessons"),
        table="practice_point",
        columns=("words", "lesson_id", "struck_at"),
        joins="JOIN practice_lesson l ON l.id = t.lesson_id",
        indexed="t.words",
        where="t.struck_at IS NULL AND l.taken_back_at IS NULL",
        beside=(
            Watched(
                "practice_lesson", ("initiative_id", "taken_back_at"), "t.lesson_id = {row}.id"
            ),
        ),
        scopes=(Scope(LED, "l.initiative_id"),),
        rows=_points,
        url=_place_of_point,
        initiative="lesson__initiative",
        title="lesson__title",
        day="lesson__taught_on",
        person="lesson_id",
    ),
)
