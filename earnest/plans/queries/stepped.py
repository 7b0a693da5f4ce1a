"""What changed after people stepped back, for whoever may read it (3.16).

Leads see with whom, and why. Everyone else sees that people stepped back only where one of them
passed their words on, or where at least five did; the words as each chose, the name never without
their choice (privacy.md 4, 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from earnest.initiatives.models import Initiative, ScheduleChange
from earnest.initiatives.queries import SHOWN_FROM
from earnest.listening.models import LargeAsk, StepBack
from earnest.listening.queries.quotes import PassedOn, quotes_passed_on
from earnest.plans.models import AfterStepBack, Part

type Target = tuple[str, int]
MOST = 100


@dataclass(frozen=True, slots=True)
class After:
    """That something changed after people stepped back: in words passed on, for leads with whom."""

    words: list[PassedOn] = field(default_factory=list)
    step_backs: list[StepBack] = field(default_factory=list)  # for those who lead alone


def after_step_backs(initiative: Initiative, *, leads: bool) -> dict[Target, After]:
    """By part, change, more time and smaller ask; one query for leads, two for everyone else."""
    rows = AfterStepBack.objects.filter(
        initiative=initiative, step_back__participation__person__erased_at=None
    ).select_related("step_back__quote", "step_back__participation__person")
    by_target: dict[Target, list[StepBack]] = {}
    for row in rows:
        for target in targets_of(row):
            by_target.setdefault(target, []).append(row.step_back)
    if leads:
        return {target: After(step_backs=several) for target, several in by_target.items()}
    return _as_allowed(initiative, by_target) if by_target else {}


def targets_of(row: AfterStepBack) -> list[Target]:
    """What it points to; a part and the version it came out in are shown in two places."""
    pointers = {
        "part": row.part_id,
        "change": row.change_id,
        "schedule": row.schedule_id,
        "large": row.large_ask_id,
    }
    return [(sort, pk) for sort, pk in pointers.items() if pk]


def _as_allowed(
    initiative: Initiative, by_target: dict[Target, list[StepBack]]
) -> dict[Target, After]:
    quotes = {one.quote_id for several in by_target.values() for one in several if one.quote_id}
    passed = {one.pk: one for one in quotes_passed_on(initiative, among=quotes)}
    shown = {}
    for target, several in by_target.items():
        words = {one.quote_id: passed[one.quote_id] for one in several if one.quote_id in passed}
        many = len({one.participation_id for one in several}) >= SHOWN_FROM
        if words or many:
            shown[target] = After(sorted(words.values(), key=lambda one: (one.words, one.pk)))
    return shown


@dataclass(frozen=True, slots=True)
class Changeable:
    """What in the plan may have changed by it: parts with those dropped, more time, smaller asks."""

    parts: list[Part]
    schedule: list[ScheduleChange]
    large: list[LargeAsk]


def changeable(initiative: Initiative) -> Changeable:
    """The latest hundred of each."""
    smaller = Q(smaller_of__isnull=False) | Q(left_at__isnull=False)
    return Changeable(
        list(initiative.parts.order_by("-changed_at", "-pk")[:MOST]),
        list(initiative.schedule_changes.all()[:MOST]),
        list(initiative.large_asks.filter(smaller)[:MOST]),
    )


def changed_by(step_back: StepBack) -> list[AfterStepBack]:
    """What was said to have changed by this one."""
    rows = step_back.changed.select_related("part", "change__version", "schedule", "large_ask")
    return list(rows)
