"""The path: each stage with what must be true, and beside it what the record says (1.16).

What the record says decides nothing: whether a stage is reached is for the leads to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, IntegerField, Max, Min, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from earnest.initiatives.models import Initiative, Participation, Stage
from earnest.listening.models import Invitation, Need
from earnest.pilots.models import Call, Pilot, SpreadRequest
from earnest.plans.models import Input, Version
from earnest.practice.models import Lesson, TryOut
from earnest.standing.models import Rung

WAITING = (Invitation.State.WAITING, Invitation.State.SENT, Invitation.State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record for the five stages, in numbers and days."""

    people: int
    heard: int
    asks_open: int
    needs: int
    inputs: int
    replies_open: int
    versions: int
    version_at: datetime | None
    volunteers: int
    pilots: int
    pilots_running: int
    pilots_over: int
    pilot_began: datetime | None
    lessons: int
    taught: int
    came_up: int
    used: int
    offered: int
    tried: int
    did: int
    again: int
    asked_for: int

    @property
    def not_heard(self) -> int:
        return max(0, self.people - self.heard)


@dataclass(frozen=True, slots=True)
class PathPage:
    """The stages in their order, the first that is neither reached nor left out, the record."""

    stages: list[Stage]
    recorded: Recorded

    @property
    def here(self) -> Stage | None:
        still = (one for one in self.stages if not one.reached_on and not one.skipped_on)
        return next(still, None)


def path_of(initiative: Initiative, *, today: date) -> PathPage:
    """Two queries, however long the path and however many the people."""
    counts = _listened(initiative) | _shaped(initiative) | _piloted(initiative)
    counts |= _practised(initiative, today) | _grown(initiative)
    row = Initiative.objects.filter(pk=initiative.pk).values_list(*counts.values()).get()
    found = dict(zip(counts, row, strict=True))
    recorded = Recorded(
        people=initiative.people_count, replies_open=initiative.inputs_open, **found
    )
    return PathPage(list(initiative.stages.all()), recorded)


def _listened(initiative: Initiative) -> dict[str, Any]:
    here = Participation.objects.present().filter(initiative=initiative)
    asked = Invitation.objects.filter(ask__initiative=initiative, state__in=WAITING)
    needs = Need.objects.filter(initiative=initiative, people_count__gt=0)
    return {
        "heard": _count(here.filter(rung__heard_at__isnull=False)),
        "asks_open": _count(asked, by="ask__initiative"),
        "needs": _count(needs),
    }


def _shaped(initiative: Initiative) -> dict[str, Any]:
    versions = Version.objects.filter(initiative=initiative)
    return {
        "inputs": _count(Input.objects.filter(initiative=initiative, same_as=None)),
        "versions": _count(versions),
        "version_at": _scalar(versions, Max("published_at")),
    }


def _piloted(initiative: Initiative) -> dict[str, Any]:
    pilots = Pilot.objects.filter(initiative=initiative)
    begun = pilots.filter(started_at__isnull=False)
    over = Q(stopped_at__isnull=False) | Q(ended_at__isnull=False)
    calls = Call.objects.filter(initiative=initiative)
    return {
        "volunteers": _count(calls, Sum("volunteers_waiting")),
        "pilots": _count(pilots),
        "pilots_running": _count(begun.exclude(over)),
        "pilots_over": _count(begun.filter(over)),
        "pilot_began": _scalar(begun, Min("started_at")),
    }


def _practised(initiative: Initiative, today: date) -> dict[str, Any]:
    offers = TryOut.objects.filter(initiative=initiative).exclude(state=TryOut.State.WITHDRAWN)
    lessons = Lesson.objects.standing().filter(initiative=initiative, taught_on__lte=today)
    return {
        "lessons": _count(lessons),
        "taught": _count(lessons, Sum("there")),
        "came_up": _count(lessons, Sum("came_up_for")),
        "used": _count(lessons, Sum("used_by")),
        "offered": _count(offers),
        "tried": _count(offers.filter(state=TryOut.State.DONE)),
    }


def _grown(initiative: Initiative) -> dict[str, Any]:
    rungs = Rung.objects.filter(initiative_id=initiative.pk)
    asked = SpreadRequest.objects.filter(initiative=initiative)
    asked = asked.exclude(state=SpreadRequest.State.BACK)
    return {
        "did": _count(rungs.filter(did_at__isnull=False), by="initiative_id"),
        "again": _count(rungs.filter(step=Rung.Step.AGAIN), by="initiative_id"),
        "asked_for": _count(asked),
    }


def _count(rows: QuerySet[Any], of: Aggregate | None = None, *, by: str = "initiative") -> Coalesce:
    """A number of rows as a scalar; nought where there are none."""
    counted = rows.order_by().values(by).annotate(n=of or Count("pk")).values("n")
    return Coalesce(Subquery(counted[:1], output_field=IntegerField()), 0)


def _scalar(rows: QuerySet[Any], of: Aggregate) -> Subquery:
    return Subquery(rows.order_by().values("initiative").annotate(n=of).values("n")[:1])
