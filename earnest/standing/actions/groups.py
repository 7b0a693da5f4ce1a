"""Figures in groups for others than the leads, by the rule of ``engine/groups.py`` (privacy.md 7)."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from earnest.core import events
from earnest.engine import groups
from earnest.engine.groups import Published
from earnest.initiatives.models import Initiative, Participation
from earnest.standing import queries
from earnest.standing.models import Counted, Figure, Group, Look, Rung

BY_LOT = random.SystemRandom()
AT_ONCE = 500

SAID, DID = Figure.Kind.SAID, Figure.Kind.DID


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who is in no group yet, and what would be counted of them."""

    pk: int
    team: int | None
    said: bool
    did: bool


@transaction.atomic
def make_figures(initiative: Initiative, *, at: datetime, draw: random.Random = BY_LOT) -> int:
    """Count anew what may be shown anew, and put into groups who waits for one. Returns how many.

    A handful of statements, however many people; two that run at once take turns.
    """
    look, _made = Look.objects.select_for_update().get_or_create(
        initiative=initiative, defaults={"at": at}
    )
    _let_rest(initiative)
    made = _renew(initiative, at=at, draw=draw)
    waiting = queries.waiting_for_group(initiative)
    people = [Waits(pk, team, bool(said), bool(did)) for pk, team, said, did in waiting]
    new, placed = _form(initiative, people, at=at, draw=draw)
    Look.objects.filter(pk=look.pk).update(at=at, waiting=len(waiting) - placed)
    if made + new:
        events.record("figures_made", at=at, about=initiative, detail={"count": made + new})
    return made + new


def _let_rest(initiative: Initiative) -> None:
    """Who left, stopped or was erased changes no figure any more, whatever comes."""
    still = Participation.objects.may_be_asked().filter(initiative=initiative)
    here = Counted.objects.filter(group__initiative=initiative, rests=False)
    gone = Q(participation=None) | ~Q(participation__in=still)
    Counted.objects.filter(pk__in=here.filter(gone).values("pk")).update(rests=True)
    left = Count("counted", filter=Q(counted__rests=False))
    for one in initiative.groups.annotate(left=left).order_by():
        if one.left != one.here:
            Group.objects.filter(pk=one.pk).update(here=one.left)


def _renew(initiative: Initiative, *, at: datetime, draw: random.Random) -> int:
    """The figures of groups there are. What is in no figure yet is kept as it is this week."""
    stood = queries.last_figures(initiative)
    made: list[Figure] = []
    for pk, said, did in queries.counted_now(initiative):
        was = stood[pk]
        new = _figures(pk, was, groups.next_figures(was, said=said, did=did, draw=draw), at=at)
        shown = {figure.kind for figure in new}
        held = {kind for kind in (SAID, DID) if kind in shown or getattr(was, kind) is None}
        _hold(pk, held)
        made += new
    Figure.objects.bulk_create(made)
    return len(made)


def _figures(group: int, was: Published, now: Published, *, at: datetime) -> list[Figure]:
    pairs = ((SAID, was.said, now.said), (DID, was.did, now.did))
    return [
        Figure(group_id=group, kind=kind, count=count, at=at)
        for kind, before, count in pairs
        if count is not None and count != before
    ]


def _hold(group: int, kinds: Iterable[str]) -> None:
    """Note how each of a group was counted, for when they leave."""
    rungs = Rung.objects.filter(participation=OuterRef("participation"))
    as_now: dict[str, Any] = {kind: Exists(rungs.exclude(**{f"{kind}_at": None})) for kind in kinds}
    if as_now:
        Counted.objects.filter(group=group, rests=False).update(**as_now)


def _form(
    initiative: Initiative, waiting: list[Waits], *, at: datetime, draw: random.Random
) -> tuple[int, int]:
    """Groups of those who wait, where a figure of theirs may be shown. Figures made, people placed."""
    by_team: dict[int | None, list[Waits]] = defaultdict(list)
    for one in waiting:
        by_team[one.team].append(one)
    teams = [groups.Team(team, len(people)) for team, people in by_team.items()]
    small = len(waiting) < groups.OWN and not initiative.groups.exists()
    made = placed = 0
    for several in groups.grouped(teams, least=groups.FEWEST if small else groups.OWN):
        people = [one for team in several for one in by_team[team.key]]
        stands = Published(len(people), len(people))
        counts = {"said": sum(p.said for p in people), "did": sum(p.did for p in people)}
        shown = groups.next_figures(stands, **counts, draw=draw)
        if shown != stands:
            group = _group(initiative, people, at=at)
            made += len(Figure.objects.bulk_create(_figures(group.pk, stands, shown, at=at)))
            placed += len(people)
    return made, placed


def _group(initiative: Initiative, people: list[Waits], *, at: datetime) -> Group:
    size, teams = len(people), {one.team for one in people}
    group = Group.objects.create(
        initiative=initiative, people=size, here=size, made_at=at, teamless=None in teams
    )
    group.teams.add(*(team for team in teams if team is not None))
    rows = (
        Counted(group=group, participation_id=one.pk, said=one.said, did=one.did) for one in people
    )
    Counted.objects.bulk_create(rows, batch_size=AT_ONCE)
    return group
