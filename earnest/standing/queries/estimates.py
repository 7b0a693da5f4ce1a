"""Who may be estimated, and what is stored of them (privacy.md 5).

Asked anew each time something is read, so that an objection, a change of manager or of leads, and
the owner's word are obeyed at once, whatever still lies in the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Concat, Lower

from earnest.accounts.models import EstimateTurn, Workspace
from earnest.initiatives.models import LEADING, Initiative, Participation, Role
from earnest.standing.models import Belief, Evidence

FEWEST = 5  # a sum of chances is shown of so many at least
TEN_PERCENT_BEYOND = 1.2816  # of a normal curve: four in five lie between


def reports_of_leads() -> Exists:
    """Beside participations: whether their manager leads this initiative.

    A lead is the person of the directory who is linked to their user or has their address.
    """
    leads = Role.objects.filter(initiative=OuterRef("initiative"), kind__in=LEADING)
    manager = "person__manager"
    address = Q(address=Lower(OuterRef(f"{manager}__email")))
    linked = Q(user=OuterRef(f"{manager}__user"))
    return Exists(leads.annotate(address=Lower("user__email")).filter(linked | address))


def may_be_estimated() -> QuerySet[Participation]:
    """On, where the owner said so; never who said no, who stopped, or who reports to a lead.

    Nor anybody once the initiative is closed: no conversation of it is left to prepare.
    """
    here = Participation.objects.may_be_asked().filter(
        initiative__workspace__estimates_since__isnull=False,
        initiative__closed_at=None,
        person__not_estimated_at=None,
    )
    covered = Q(initiative__workspace__estimates_cover_reports=True)
    return here.filter(covered | ~reports_of_leads())


def beliefs() -> QuerySet[Belief]:
    """What is stored of those who may be estimated now."""
    return Belief.objects.filter(Exists(may_be_estimated().filter(pk=OuterRef("pk"))))


def beliefs_shown() -> QuerySet[Belief]:
    """The same where enough is known. Of everybody else the same nothing is found."""
    return beliefs().filter(is_enough=True)


def record_estimated(participation_id: int) -> QuerySet[Evidence]:
    """What they said and did, each row with ``is_estimated``: whether an estimate may be shown.

    One question, whoever it is about: of who said no, who reports to a lead and of whom too little
    is known the same comes back.
    """
    shown = beliefs_shown().filter(pk=OuterRef("participation_id"))
    rows = Evidence.objects.filter(participation_id=participation_id)
    return rows.annotate(is_estimated=Exists(shown)).order_by("at", "id")


def to_estimate() -> QuerySet[Participation]:
    """Those who may be estimated, with what is stored of each and what it is made with."""
    return may_be_estimated().select_related("belief", "initiative__workspace__parameters")


def with_weakest(there: QuerySet[Participation]) -> QuerySet[Participation]:
    """Beside each the condition still open, as ``weakest``; None where nothing is estimated."""
    open_step = beliefs_shown().filter(pk=OuterRef("pk")).values("weakest")
    return there.annotate(weakest=Subquery(open_step))


def forbidden() -> QuerySet[Belief]:
    """Rows of those who may not be estimated any more: to be deleted."""
    return Belief.objects.filter(~Exists(may_be_estimated().filter(pk=OuterRef("pk"))))


def with_record(there: QuerySet[Participation], *, after: int, most: int) -> list[int]:
    """Some of them at a time, in the order of their keys: of whom anything is on record."""
    keys = there.filter(rung__isnull=False, pk__gt=after).order_by("pk")
    return list(keys.values_list("pk", flat=True)[:most])


def records_of(participations: list[int]) -> dict[int, list[Evidence]]:
    """What each said and did, oldest first."""
    found: dict[int, list[Evidence]] = {pk: [] for pk in participations}
    rows = Evidence.objects.filter(participation_id__in=participations).order_by("at", "id")
    for row in rows.iterator(chunk_size=2000):
        found[row.participation_id].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Doers:
    """How many of those estimated will do the next step: a sum, with four in five chances between."""

    people: int
    expected: float
    low: int
    high: int

    @property
    def about(self) -> int:
        return round(self.expected)


def doers_of(initiative: Initiative) -> Subquery:
    """How many are estimated, the sum of their chances and its spread, as one scalar of a page.

    As of last night, or of the last row of each. ``read_doers`` makes figures of it.
    """
    shown = beliefs_shown().filter(initiative_id=initiative.pk).order_by()
    spread = Sum(F("chance") * (1 - F("chance")))
    figures = (Count("pk"), Sum("chance"), spread)
    texts = [Cast(one, CharField()) for one in figures]
    told = Concat(texts[0], Value(" "), texts[1], Value(" "), texts[2])
    rows = shown.values("initiative_id").annotate(told=told).values("told")
    return Subquery(rows[:1], output_field=CharField())


def read_doers(told: str | None) -> Doers | None:
    """None below five people: then nothing is shown."""
    people, expected, spread = (told or "0 0 0").split()
    return sum_of(int(people), float(expected), float(spread)) if int(people) >= FEWEST else None


def sum_of(people: int, expected: float, spread: float) -> Doers:
    """Deeds of several people, each done or not: their sum is about normal."""
    half = TEN_PERCENT_BEYOND * sqrt(spread)
    low = max(0, round(expected - half))
    return Doers(people, expected, low, min(people, round(expected + half)))


def turns_of(workspace: Workspace) -> QuerySet[EstimateTurn]:
    """Every time it was turned on or off, the latest first."""
    return workspace.estimate_turns.select_related("by")


def with_estimates() -> QuerySet[Workspace]:
    """Workspaces whose owner turned it on."""
    return Workspace.objects.filter(estimates_since__isnull=False).order_by("pk")
