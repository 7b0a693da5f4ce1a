"""What people need with what answers it (2.19), and measures with their last readings (2.20)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Window
from django.db.models.functions import RowNumber

from earnest.initiatives.models import Initiative, Measure, Reading
from earnest.listening.models import Need
from earnest.plans.queries import Course, standing_readings
from earnest.plans.queries.connecting import ANSWERED, FOR_OTHERS

MOST_NEEDS = 6
MOST_MEASURES = 4
MOST_READINGS = 26  # of each measure; its own page has them all


@dataclass(frozen=True, slots=True)
class NeedShown:
    """A need in their words, how many have it, and the parts of the plan that answer it."""

    pk: int
    words: str
    people: int
    parts: list[tuple[int, str]] = field(default_factory=list)


def needs_shown(initiative: Initiative, *, on_paper: bool = False) -> list[NeedShown]:
    """What most people need, with the parts that answer it; one query.

    On paper, which is handed on, only those that others may read: of five people, named by a lead.
    """
    first = Need.objects.filter(initiative=initiative, people_count__gt=0)
    if on_paper:
        first = first.filter(FOR_OTHERS)
    first = first.order_by("-people_count", "words", "pk")
    answer = ("how", "part", "part__title", "part__dropped_at")
    columns = ("pk", "words", "people_count", *(f"answered_by__{c}" for c in answer))
    rows = Need.objects.filter(pk__in=first.values("pk")[:MOST_NEEDS])
    rows = rows.order_by("-people_count", "words", "pk", "answered_by__part__position")
    found: dict[int, NeedShown] = {}
    for pk, words, people, how, part, title, dropped_at in rows.values_list(*columns):
        need = found.setdefault(pk, NeedShown(pk, words, people))
        if how in ANSWERED and dropped_at is None:
            need.parts.append((part, title))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure that was read, with what was read last, in the order of days."""

    measure: Measure
    readings: list[Reading]

    @property
    def course(self) -> Course:
        last = self.readings[-1]
        return Course(self.measure, last.value, last.on)

    @property
    def since(self) -> date:
        return self.readings[0].on


def measures_shown(initiative: Initiative) -> list[MeasureShown]:
    """The first few that are followed and were read, each with its last readings; one query."""
    followed = Measure.objects.filter(initiative=initiative, closed_at=None)
    first = followed.order_by("made_at", "pk").values("pk")[:MOST_MEASURES]
    rows = standing_readings(Reading.objects.filter(measure__in=first)).select_related("measure")
    latest = Window(RowNumber(), partition_by="measure", order_by=("-on", "-pk"))
    rows = rows.annotate(nth=latest).filter(nth__lte=MOST_READINGS)
    found: dict[int, list[Reading]] = defaultdict(list)
    for one in rows.order_by("measure__made_at", "measure__pk", "on", "pk"):
        found[one.measure_id].append(one)
    return [MeasureShown(these[0].measure, these) for these in found.values()]
