"""What a sponsor sees of an initiative: groups, what is owed, measures; of no person (0.1, 2.3, 3.1).

Eleven queries, whatever the size. Figures about people are published ones alone
(``standing.queries.groups_shown``, privacy.md 7); what is owed is about those who lead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    Count,
    DateField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from earnest.initiatives.models import Initiative, Measure, Reading
from earnest.listening.models import Need
from earnest.plans import charts
from earnest.plans.charts import Picture
from earnest.plans.models import Answers, Change, Input, Version
from earnest.plans.queries import Course, as_told, standing_readings
from earnest.plans.queries.connecting import ANSWERED
from earnest.plans.queries.inputs import middle_of
from earnest.promises.models import Promise, Tally
from earnest.standing import queries as standing
from earnest.standing.queries import GroupsShown

SETTLED_FROM = 5  # promises: of fewer one could tell to whom they were made
MOST_NEEDS = 30


@dataclass(frozen=True, slots=True)
class Owed:
    """What the leads owed and gave. Each count is about them, none about people asked."""

    kept: int
    late: int
    missed: int
    inputs: int  # as of ``until``, from five people on
    answered: int
    days: int | None  # to an answer: of half of them at most
    until: datetime | None

    @property
    def settled(self) -> int:
        return self.kept + self.missed

    @property
    def promises_shown(self) -> bool:
        return self.settled >= SETTLED_FROM

    @property
    def inputs_shown(self) -> bool:
        return self.until is not None and self.inputs > 0


class Step(NamedTuple):
    """A stage of the path, or a backing: read together in one query."""

    sort: str
    place: int
    name: str
    words: str
    on: date | None


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure as it stands, with its picture where something was read."""

    course: Course
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class NeedShown:
    """A need by the name leads gave it, and whether a part of the plan answers it."""

    words: str
    answered: bool


@dataclass(frozen=True, slots=True)
class NewInPlan:
    """The last published version, as others than the leads may read it."""

    version: Version
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class SponsorPage:
    initiative: Initiative
    groups: GroupsShown
    waiting: int  # people who are in no group yet
    owed: Owed
    measures: list[MeasureShown]
    needs: list[NeedShown]
    stages: list[Step]
    backings: list[Step]
    plan: NewInPlan | None


def page_for_sponsor(initiative: Initiative) -> SponsorPage:
    """``initiative`` comes through ``get_seen_in_groups``, with what stands beside it joined."""
    path = _path_and_backing(initiative)
    look = getattr(initiative, "group_look", None)
    return SponsorPage(
        initiative=initiative,
        groups=standing.groups_shown(initiative),
        waiting=look.waiting if look else 0,
        owed=_owed(initiative),
        measures=_measures(initiative),
        needs=_needs(initiative),
        stages=[one for one in path if one.sort == "stage"],
        backings=[one for one in reversed(path) if one.sort == "backing"],
        plan=_plan(initiative),
    )


def _path_and_backing(initiative: Initiative) -> list[Step]:
    stages = _steps(
        initiative.stages.all(), "stage", "position", "name", "must_be_true", "reached_on"
    )
    backings = _steps(initiative.backings.all(), "backing", "pk", "who", "what", "on")
    rows = [Step(*row) for row in stages.union(backings, all=True).order_by()]
    return sorted(
        rows,
        key=lambda one: (
            (one.on or date.min, one.place) if one.sort == "backing" else (date.min, one.place)
        ),
    )


def _steps(rows: QuerySet[Any], sort: str, *columns: str) -> QuerySet[Any, Any]:
    kinds = (IntegerField(), TextField(), TextField(), DateField())
    casts = [Cast(column, kind) for column, kind in zip(columns, kinds, strict=True)]  # type: ignore[arg-type]
    return rows.order_by().values_list(Value(sort, output_field=TextField()), *casts)


def _owed(initiative: Initiative) -> Owed:
    tally = Tally.objects.filter(initiative=initiative, direction=Promise.Direction.OURS).first()
    shown = getattr(initiative, "inputs_shown", None)
    until = shown.until if shown and shown.count else None
    given = Input.objects.filter(initiative=initiative, at__lte=until or initiative.made_at)
    took = list(
        given.order_by("days_to_answer").values_list("days_to_answer").annotate(n=Count("pk"))
    )
    waiting = sum(n for days, n in took if days is None)
    total = shown.count if shown else 0
    return Owed(
        kept=tally.kept if tally else 0,
        late=tally.late if tally else 0,
        missed=tally.missed if tally else 0,
        inputs=total,
        answered=max(total - waiting, 0),
        days=middle_of([(days, n) for days, n in took if days is not None]),
        until=until,
    )


def _measures(initiative: Initiative) -> list[MeasureShown]:
    """Those that are followed, each with all that was read: two queries."""
    found = list(initiative.measures.filter(closed_at=None))
    rows = standing_readings(Reading.objects.filter(measure__in=found)).order_by("on", "pk")
    read: dict[int, list[Reading]] = defaultdict(list)
    for one in rows:
        read[one.measure_id].append(one)
    return [_measure(one, read[one.pk]) for one in found]


def _measure(measure: Measure, read: list[Reading]) -> MeasureShown:
    last = read[-1] if read else None
    course = Course(measure, last.value if last else None, last.on if last else None)
    return MeasureShown(course, charts.picture_of(measure, read))


def _needs(initiative: Initiative) -> list[NeedShown]:
    """Of five people and in a lead's words; in the order of words, for counts would tell of people."""
    parts = Answers.objects.filter(need=OuterRef("pk"), how__in=ANSWERED, part__dropped_at=None)
    rows = Need.objects.filter(initiative=initiative, called_at__isnull=False, people_count__gt=0)
    there = rows.annotate(answered=Exists(parts)).order_by("words", "pk")
    shown = [one for one in there[: MOST_NEEDS * 4] if one.is_for_others]
    return [NeedShown(one.words, one.answered) for one in shown[:MOST_NEEDS]]


def _plan(initiative: Initiative) -> NewInPlan | None:
    last = Version.objects.filter(initiative=initiative).order_by("-number").values("pk")[:1]
    rows = list(Change.objects.filter(version__in=last).select_related("version").order_by("pk"))
    return _as_others_read(initiative, rows) if rows else None


def _as_others_read(initiative: Initiative, changes: Iterable[Change]) -> NewInPlan:
    rows = list(changes)
    rows[0].version.initiative = initiative
    version, told = as_told(rows[0].version, rows)
    return NewInPlan(version, told)
