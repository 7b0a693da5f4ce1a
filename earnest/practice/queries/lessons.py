"""Lessons: the list, one with who was there and for whom it came up, and one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from earnest.core.paging import read_key, write_key
from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.practice.models import Attendance, CameUp, FollowUp, Lesson, LessonFile, Point
from earnest.practice.queries.reading import cut_lesson

PAGE = 30
MOST = 100  # people named in one part of a lesson's page
How, State = CameUp.How, Attendance.State


def numbers_of(lesson_pk: int, participations: Iterable[int]) -> dict[str, int]:
    """The stored numbers of a lesson, as far as they come from these people."""
    keys = list(participations)
    rows = Attendance.objects.filter(lesson=lesson_pk, participation__in=keys)
    here = rows.filter(state=State.THERE).values("participation")
    noted = rows.aggregate(
        there=Count("pk", filter=Q(state=State.THERE)),
        not_there=Count("pk", filter=Q(state=State.NOT_THERE)),
    )
    true = CameUp.objects.true().filter(lesson=lesson_pk, participation__in=keys)
    came = true.aggregate(
        came_up_for=Count("participation", filter=Q(participation__in=here), distinct=True),
        used_by=Count("participation", filter=Q(how__in=(How.HELPED, How.NO_HELP)), distinct=True),
        chose_not=Count("participation", filter=Q(how=How.CHOSE_NOT), distinct=True),
    )
    return {**noted, **came}


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """Some lessons, the latest first, and the key of the last where more follow."""

    lessons: list[Lesson]
    after: str


def lessons_page(initiative: Initiative, *, after: str = "") -> LessonsPage:
    rows = Lesson.objects.standing().filter(initiative=initiative)
    if key := read_key(after):
        day, pk = key
        rows = rows.filter(Q(taught_on__lt=day) | Q(taught_on=day, pk__lt=pk))
    found = list(rows.order_by("-taught_on", "-pk")[: PAGE + 1])
    more = len(found) > PAGE
    shown = found[:PAGE]
    return LessonsPage(shown, write_key(shown[-1].taught_on, shown[-1].pk) if more else "")


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at a lesson, and what they said of it; in the order of names, never by more or less."""

    participation: Participation
    came_up: list[CameUp] = field(default_factory=list)
    line: FollowUp | None = None  # what they answered last to a follow-up


@dataclass(frozen=True, slots=True)
class LessonPage:
    """Everything a lead sees of one lesson."""

    lesson: Lesson
    points: list[Point]
    files: list[LessonFile]
    came_up: list[Who]  # for whom, with how it went in their words
    waiting: list[Who]  # there, and no chance yet: apart
    not_there: list[Participation]
    asked: list[Attendance]  # to come, or not noted
    brought_back: dict[str, int]  # follow-ups: asked and answered


def lesson_page(lesson: Lesson) -> LessonPage:
    """A fixed number of queries, however many people were there."""
    said = _came_up_of(lesson)
    lines = _lines_of(lesson)
    came = [Who(one, said[one.pk], lines.get(one.pk)) for one in _people(said)]
    rows = lesson.attendances.select_related("participation__person")
    others = rows.exclude(participation__in=[one.participation.pk for one in came])
    there = [row.participation for row in _by_name(others.filter(state=State.THERE))]
    return LessonPage(
        lesson=lesson,
        points=list(lesson.points.filter(struck_at=None)),
        files=files_of(lesson),
        came_up=came,
        waiting=[Who(one, [], lines.get(one.pk)) for one in there],
        not_there=[row.participation for row in _by_name(rows.filter(state=State.NOT_THERE))],
        asked=_by_name(rows.filter(state=State.UNKNOWN)),
        brought_back=_brought_back(lesson),
    )


def _by_name(rows: QuerySet[Attendance]) -> list[Attendance]:
    present = rows.filter(participation__person__erased_at=None)
    return list(present.order_by("participation__person__name", "pk")[:MOST])


def _people(said: dict[int, list[CameUp]]) -> list[Participation]:
    people = [rows[0].participation for rows in said.values()]
    return sorted(people, key=lambda one: (one.person.name, one.pk))


def _came_up_of(lesson: Lesson) -> dict[int, list[CameUp]]:
    rows = CameUp.objects.true().filter(lesson=lesson, participation__person__erased_at=None)
    joined = rows.select_related("participation__person", "point", "told_by__person")
    found: dict[int, list[CameUp]] = {}
    for row in joined.order_by("-at", "-pk")[: 2 * MOST]:
        row.participation.initiative = lesson.initiative
        found.setdefault(row.participation_id, []).append(row)
    return found


def _lines_of(lesson: Lesson) -> dict[int, FollowUp]:
    rows = FollowUp.objects.filter(lesson=lesson).exclude(answered_at=None)
    return {row.participation_id: row for row in rows.order_by("answered_at")}


def _brought_back(lesson: Lesson) -> dict[str, int]:
    rows = FollowUp.objects.filter(lesson=lesson)
    return rows.aggregate(
        asked=Count("pk", filter=~Q(asked_at=None)),
        answered=Count("pk", filter=~Q(answered_at=None)),
        waiting=Count("pk", filter=Q(state=FollowUp.State.WAITING)),
    )


def files_of(lesson: Lesson) -> list[LessonFile]:
    """Names and sizes; what is in them is read only to hand it out."""
    return list(lesson.files.defer("content"))


def not_invited(lesson: Lesson) -> QuerySet[Attendance]:
    """Asked to come, without a mail so far and without a word of theirs."""
    rows = lesson.attendances.filter(state=State.UNKNOWN, will="", message_id=None)
    whole = rows.select_related(
        "participation__person", "participation__held_by", "participation__initiative__workspace"
    )
    return whole.filter(participation__person__erased_at=None).order_by("pk")


@dataclass(frozen=True, slots=True)
class Ticked:
    """Somebody on the page on which it is noted who was there."""

    participation: Participation
    state: str
    will: str


def people_page(lesson: Lesson, sought: initiatives.Sought) -> tuple[list[Ticked], int | None]:
    """Fifty at a time by name, each as noted; who asked to be left alone is not asked about."""
    page = initiatives.people_on(lesson.initiative, sought)
    keys = [one.pk for one in page.rows]
    known = {row.participation_id: row for row in lesson.attendances.filter(participation__in=keys)}
    ticked = [
        Ticked(one, known[one.pk].state if one.pk in known else "", _will(known.get(one.pk)))
        for one in page.rows
        if not one.asked_to_stop
    ]
    return ticked, page.next_key


def _will(row: Attendance | None) -> str:
    return row.get_will_display() if row and row.will else ""


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """A lesson on their own page: its points, and what each came to."""

    lesson: Lesson
    attendance: Attendance
    points: list[Point]
    files: list[LessonFile]
    came_up: list[CameUp]
    is_ahead: bool

    @property
    def is_primed(self) -> bool:
        """Taught, and waiting for the moment it is needed (0.4)."""
        return self.attendance.state == State.THERE and not self.came_up


def own_lesson(attendance: Attendance, *, today: date) -> OwnLesson:
    """As its person reads it."""
    lesson, you = attendance.lesson, attendance.participation
    rows = CameUp.objects.true().filter(participation=you, lesson=lesson)
    came_up = list(rows.select_related("point").order_by("-at", "-pk"))
    points, files = list(lesson.points.filter(struck_at=None)), files_of(lesson)
    cut_lesson(lesson, [*points, *(one.point for one in came_up)], files, you=you)
    return OwnLesson(
        lesson=lesson,
        attendance=attendance,
        points=points,
        files=files,
        came_up=came_up,
        is_ahead=lesson.is_ahead(today),
    )
