"""Reads of moments: whom one is for, whom it may be watched for, and what came."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from earnest.core.paging import read_moment_key, write_moment_key
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.plans.models import Chain
from earnest.plans.queries.kept import cut_kept
from earnest.practice.models import Moment, MomentCame, MomentDoor, MomentSeen, NotWatched, Point

PAGE = 30
LATELY = 8  # of what came, beside the list of what is written

# A team and those below it; a team and those it is part of. Both databases read both.
BELOW = """WITH RECURSIVE below(id) AS (SELECT CAST(%s AS bigint) UNION
    SELECT g.id FROM people_team g JOIN below b ON g.parent_id = b.id) SELECT id FROM below"""
ABOVE = """WITH RECURSIVE above(id) AS (SELECT CAST(%s AS bigint) UNION
    SELECT g.parent_id FROM people_team g JOIN above a ON g.id = a.id) SELECT id FROM above
    WHERE id IS NOT NULL"""


def teams_below(team: int) -> RawSQL:
    """The keys of a team and of every team in it, for a filter."""
    return RawSQL(BELOW, [team])  # noqa: S611 - the key of a team is a parameter


def teams_above(team: int) -> RawSQL:
    """The keys of a team and of every team it is part of, for a filter."""
    return RawSQL(ABOVE, [team])  # noqa: S611 - the key of a team is a parameter


def meant_by(moment: Moment) -> ParticipationQuerySet:
    """Everybody it is for, whether it may be watched for them or not."""
    there = Participation.objects.present().filter(initiative=moment.initiative_id)
    if moment.participation_id:
        return there.filter(pk=moment.participation_id)
    if moment.team_id:
        return there.filter(person__team__in=teams_below(moment.team_id))
    return there


def watched_for(moment: Moment) -> ParticipationQuerySet:
    """Those of them it may be watched for: nobody who objected, asked for less, or wants it not."""
    none = NotWatched.objects.filter(participation=OuterRef("pk"))
    not_this = Q(moment=None) | Q(moment=moment.pk)
    free = meant_by(moment).may_be_asked().filter(person__wants_less_at=None)
    return free.exclude(Exists(none.filter(not_this)))


def is_for(moment: Moment, one: Participation) -> bool:
    return meant_by(moment).filter(pk=one.pk).exists()


def moments_about(one: Participation) -> QuerySet[Moment]:
    """Every moment that is written for them, as for one among many, still open or not."""
    many = Q(participation=None, initiative=one.initiative_id, team=None)
    if one.person.team_id:
        teams = Q(team__in=teams_above(one.person.team_id))
        many |= Q(participation=None, initiative=one.initiative_id) & teams
    return Moment.objects.filter(Q(participation=one.pk) | many)


def link_for(seen: MomentSeen) -> str:
    """The link to their work: the moment's own words, or how this serves them, as told last."""
    if seen.moment.link:
        return seen.moment.link
    told = Chain.objects.filter(participation=seen.participation_id, told_at__isnull=False)
    found = told.order_by("-told_at", "-pk").values_list("link", flat=True).first()
    return found or ""


def as_they_read(seen: MomentSeen, *beside: str) -> tuple[MomentSeen, list[str]]:
    """A moment without words of others that are for the leads alone, and ``beside`` without them.
    Copies, to be shown and not saved. One query."""
    whose, seen = seen.participation, copy(seen)
    moment = seen.moment = copy(seen.moment)
    point, lesson = moment.point, moment.lesson = copy(moment.point), copy(moment.lesson)
    texts = [moment.what, seen.words, point.words, lesson.title, *beside]
    cut = cut_kept(whose.initiative, texts, you=whose)
    moment.what, seen.words, point.words, lesson.title, *told = map(cut, texts)
    return seen, told


@dataclass(frozen=True, slots=True)
class MomentsPage:
    """Some moments of an initiative, the latest first, and the key of what follows."""

    moments: list[Moment]
    after: str
    stopped: bool
    waiting: list[MomentSeen] = field(default_factory=list)


def moments_page(initiative: Initiative, *, after: str, stopped: bool) -> MomentsPage:
    """Those that stand, or those that were stopped; beside the first page what waits."""
    rows = Moment.objects.filter(initiative=initiative, stopped_at__isnull=not stopped)
    rows = rows.select_related("point", "lesson", "participation__person", "team", "joins")
    rows = rows.exclude(participation__person__erased_at__isnull=False)
    if key := read_moment_key(after):
        at, pk = key
        rows = rows.filter(Q(made_at__lte=at) & (Q(made_at__lt=at) | Q(pk__lt=pk)))
    found = list(rows.order_by("-made_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = write_moment_key(last.made_at, last.pk) if last else ""
    waiting = (
        []
        if after
        else list(
            whole(MomentSeen.objects.waiting())
            .filter(initiative=initiative)
            .order_by("noticed_at")[:LATELY]
        )
    )
    return MomentsPage(found[:PAGE], following, stopped, waiting)


def whole(rows: QuerySet[MomentSeen]) -> QuerySet[MomentSeen]:
    """With everything a line about one of them says."""
    return rows.select_related(
        "moment__point", "moment__lesson", "participation__person", "by", "state_by"
    )


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What came of one moment, the latest first."""

    seen: list[MomentSeen]
    after: str


def seen_page(moment: Moment, *, after: str) -> SeenPage:
    rows = whole(moment.seen.filter(participation__person__erased_at=None))
    if key := read_moment_key(after):
        at, pk = key
        rows = rows.filter(Q(noticed_at__lte=at) & (Q(noticed_at__lt=at) | Q(pk__lt=pk)))
    found = list(rows.order_by("-noticed_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return SeenPage(found[:PAGE], write_moment_key(last.noticed_at, last.pk) if last else "")


def due_by_day(today: date, *, workspace: int) -> QuerySet[Moment]:
    """Moments whose day has come, by the calendar of their workspace."""
    due = open_of(Moment.How.DATE).filter(dated_at=None, on__lte=today)
    return due.filter(initiative__workspace=workspace)


def open_of(how: str) -> QuerySet[Moment]:
    """Those that stand and are noticed so, on initiatives that go on, of points that are still some."""
    rows = Moment.objects.filter(how=how, stopped_at=None, initiative__closed_at=None)
    return rows.filter(lesson__taken_back_at=None, point__struck_at=None)


def by_words(initiative: int, people: Iterable[int]) -> QuerySet[Moment]:
    """Moments that a word may bring to one of these people."""
    words = open_of(Moment.How.WORD)
    for_many = Q(participation=None, initiative=initiative)
    return words.filter(Q(participation__in=list(people)) | for_many)


def came_to(door: MomentDoor) -> list[MomentCame]:
    """What came to it, the latest first."""
    return list(door.came.order_by("-at", "-pk")[:PAGE])


LESSONS_SHOWN = 30


def points_to_choose(
    initiative: Initiative, point: int | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Points by their lesson, the latest lessons first; with the one that is chosen already."""
    lessons = initiative.lessons.filter(taken_back_at=None).order_by("-taught_on", "-pk")
    latest = list(lessons.values_list("pk", flat=True)[:LESSONS_SHOWN])
    rows = Point.objects.filter(Q(lesson__in=latest, struck_at=None) | Q(pk=point or 0))
    rows = rows.filter(lesson__initiative=initiative).select_related("lesson")
    found: dict[str, list[tuple[str, str]]] = {}
    for one in rows.order_by("-lesson__taught_on", "-lesson", "position", "pk"):
        found.setdefault(one.lesson.title, []).append((str(one.pk), one.words))
    return list(found.items())
