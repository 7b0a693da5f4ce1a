"""The map of a space made anew, off every voter's path, and stored as it may be shown.

A file of its own: it loads NumPy, which no page does; the clock alone calls it. Rows become arrays, the
engine makes the map, and ``engine/published.py`` decides what of it is kept. All of it is kept by
version; who sits in which group stays with each voter, and is told to nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from earnest.core import events
from earnest.engine import published
from earnest.engine.groups import FEWEST
from earnest.engine.opinion.found import PEOPLE, OpinionMap, Tally
from earnest.engine.opinion.maps import opinion_map
from earnest.engine.opinion.told import told_of
from earnest.engine.opinion.votes import Votes, votes_from_rows
from earnest.engine.published import Count, Era, Figure, Figures, Place
from earnest.ideas.models import OpinionMap as Stored
from earnest.ideas.models import Space, Statement, Voter
from earnest.ideas.queries import maps as queries

SMALL = "small"  # a group of fewer than five: none is told
AT_ONCE = 900  # keys in one statement
READ = """SELECT voter_id, value FROM ideas_vote WHERE statement_id = %s ORDER BY voter_id, turn"""


@dataclass(frozen=True, slots=True)
class Seated:
    """Who sits where: the group of each voter, −1 for who has none, in the order of the votes."""

    k: int
    group: NDArray[np.int64]

    @property
    def sizes(self) -> list[int]:
        return [int((self.group == number).sum()) for number in range(self.k)]


def renew(space: Space, *, at: datetime) -> Stored | None:
    """The next version, where five or more voted since the last; None where nothing is shown anew."""
    before = space.maps.first()
    brought = queries.brought_into(space)
    is_counted = _counted_beside(brought, before) if brought else _everybody
    voted = Voter.objects.filter(space_id=space.pk, changed=True).values_list("pk", flat=True)
    changed = [pk for pk in voted if is_counted(pk)]
    if len(changed) < FEWEST:
        return None
    statements = list(space.statements.exclude(state=Statement.State.WAITING).order_by("pk"))
    votes = _votes(statements, is_counted)
    seats = dict(Voter.objects.filter(space_id=space.pk).values_list("pk", "seat"))
    found = opinion_map(
        votes,
        seed=space.pk,
        groups_before={pk: seat for pk, seat in seats.items() if seat is not None},
        moderated=[one.pk for one in statements if one.state == Statement.State.HIDDEN],
    )
    era, seated, too_few = _era(votes, found, seats, queries.era_of(before))
    figures = published.next_figures(era, _counts(votes, seated)) if era.k else {}
    shown = Era(era.k, era.founded_with, figures, era.whole)
    result = _result(statements, found, shown, seated)
    with transaction.atomic():
        made = Stored.objects.create(
            space=space,
            version=before.version + 1 if before else 1,
            made_on=space.initiative.workspace.day(at),
            people=votes.people,
            too_few=too_few,
            result=result,
        )
        _keep_seats(votes, found, seated, seats)
        _keep_extremes(statements, found)
        for some in batched(changed, AT_ONCE, strict=False):
            Voter.objects.filter(pk__in=some).update(changed=False)
        events.record("map_made", at=at, about=space, detail={"version": made.version})
    return made


type IsCounted = Callable[[int], bool]  # a voter, by key


def _everybody(_voter: int) -> bool:
    return True


def _counted_beside(brought: set[int], before: Stored | None) -> IsCounted:
    """Who counts where a conversation was brought in: its votes are known from its files.

    So the first map is of them alone; whoever votes here is added to its figures by fives, as always.
    Were they too few for a map, it goes on without them: else they could be subtracted.
    """
    if before is None:
        return brought.__contains__
    first = before.space.maps.get(version=1)
    return _everybody if queries.era_of(first) else lambda pk: pk not in brought


def _votes(statements: list[Statement], is_counted: IsCounted) -> Votes:
    """All votes that count, a statement at a time; of several on one the last counts."""
    voters: list[NDArray[np.int64]] = []
    values: list[NDArray[np.int8]] = []
    for one in statements:
        with connection.cursor() as cursor:
            cursor.execute(READ, (one.pk,))
            rows = cursor.fetchall()
        if is_counted is not _everybody:
            rows = [row for row in rows if is_counted(row[0])]
        voters.append(np.fromiter((row[0] for row in rows), np.int64, len(rows)))
        values.append(np.fromiter((row[1] for row in rows), np.int8, len(rows)))
    keys = np.array([one.pk for one in statements], np.int64)
    none = np.empty(0, np.int64)
    return votes_from_rows(
        np.concatenate([none, *voters]),
        np.repeat(keys, [len(one) for one in voters]),
        np.concatenate([none.astype(np.int8), *values]),
        statements=keys,
    )


def _era(
    votes: Votes, found: OpinionMap, seats: dict[int, int | None], stands: Era | None
) -> tuple[Era, Seated, str]:
    """The groups as they stand: kept, or founded anew where that may be."""
    before = np.array([_number(seats.get(int(pk))) for pk in found.voters], np.int64)
    kept = _kept(found, before, stands)
    if found.too_few == PEOPLE and stands is None:
        return Era(0, 0, {}, {}), Seated(0, np.full(len(before), -1)), PEOPLE
    wanted, too_few = _wanted(found)
    if stands and (
        wanted.k == stands.k or not published.may_be_founded(stands, voters=votes.people)
    ):
        return stands, kept, too_few if stands.k == 1 else ""
    whole = published.wholes(stands) if stands else {}
    return Era(wanted.k, votes.people, {}, whole), wanted, too_few


def _number(seat: int | None) -> int:
    return -1 if seat is None else seat


def _wanted(found: OpinionMap) -> tuple[Seated, str]:
    """The groups of the map; everybody as one where none can be told."""
    whole = Seated(1, np.where(found.group >= 0, 0, -1))
    if found.k == 1:
        return whole, found.too_few or ""
    groups = Seated(found.k, found.group.astype(np.int64))
    return (groups, "") if min(groups.sizes) >= FEWEST else (whole, SMALL)


def _kept(found: OpinionMap, before: NDArray[np.int64], stands: Era | None) -> Seated:
    """Who has a seat keeps it; who is new sits where the nearest people sit."""
    k = stands.k if stands else 0
    group = before.copy()
    new = (before < 0) & (found.group >= 0)
    if k and new.any():
        middles = [_middle(found, before == number) for number in range(k)]
        gaps = [np.hypot(found.x[new] - x, found.y[new] - y) for x, y in middles]
        group[new] = np.argmin(np.stack(gaps), axis=0)
    return Seated(k, group)


def _middle(found: OpinionMap, there: NDArray[np.bool_]) -> tuple[float, float]:
    if not there.any():
        return np.inf, np.inf
    return float(found.x[there].mean()), float(found.y[there].mean())


def _counts(votes: Votes, seated: Seated) -> dict[tuple[int, int], Count]:
    """Votes by group and statement, of who has a seat."""
    group = np.repeat(seated.group, np.diff(votes.starts))
    kept = group >= 0
    cell = group[kept] * votes.width + votes.statement[kept]
    size = seated.k * votes.width
    voted, agree, disagree = (
        np.bincount(cell[mine], minlength=size)
        for mine in (slice(None), votes.value[kept] == 1, votes.value[kept] == -1)
    )
    return {
        (number // votes.width, int(votes.statements[number % votes.width])): Count(
            int(voted[number]), int(agree[number]), int(disagree[number])
        )
        for number in range(size)
    }


def _result(
    statements: list[Statement], found: OpinionMap, era: Era, seated: Seated
) -> dict[str, Any]:
    """What is stored: nothing but what may be shown."""
    return {
        "k": era.k,
        "founded_with": era.founded_with,
        "sizes": [published.about(size) for size in seated.sizes],
        "figures": [list(row) for row in queries.as_rows(era.figures)],
        "whole": [list(row) for row in queries.as_rows({(0, s): f for s, f in era.whole.items()})],
        "places": [list(one) for one in published.drawn(_places(found, seated))],
        **_told(statements, era),
        **_sure(found, seated),
        "method": found.version,
    }


def _places(found: OpinionMap, seated: Seated) -> list[Place]:
    """Base clusters, each cut where its people sit in several groups."""
    places = []
    for base, group in sorted(set(zip(found.base.tolist(), seated.group.tolist(), strict=True))):
        there = (found.base == base) & (seated.group == group)
        if base >= 0 and group >= 0:
            x, y = _middle(found, there)
            places.append(Place(x, y, group, int(there.sum())))
    return places


def _told(statements: list[Statement], era: Era) -> dict[str, Any]:
    """What unites and what divides, by the figures that are shown and by nothing else."""
    numbers = {one.pk: number for number, one in enumerate(statements)}
    shape = (max(era.k, 1), len(statements))
    agree, disagree, voted = (np.zeros(shape, np.int64) for _ in range(3))
    for (group, statement), figure in era.figures.items():
        if statement in numbers:
            cell = group, numbers[statement]
            voted[cell] = figure.voted
            agree[cell], disagree[cell] = figure.agree.count, figure.disagree.count
    passed = np.maximum(voted - agree - disagree, 0)
    shown = (voted > 0).all(axis=0)
    told = told_of(Tally(agree, disagree, passed, voted.max(axis=1, initial=0)), shown)
    keys = [one.pk for one in statements]
    return {
        "united": [keys[n] for n in told.united],
        "united_against": [keys[n] for n in told.united_against],
        "divided": [keys[n] for n in told.divided] if era.k > 1 else _split(era.figures),
        "holds": [
            [[keys[n], bool(way)] for n, way in zip(one, ways, strict=True)]
            for one, ways in zip(told.holds, told.holds_for, strict=True)
        ],
    }


def _split(figures: Figures) -> list[int]:
    """Of everybody as one: where about as many are on either side, and neither is a few."""

    def is_split(one: Figure) -> bool:
        few = min(one.agree.count, one.disagree.count)
        return not one.agree.about and not one.disagree.about and 3 * few >= one.voted

    return [statement for (_group, statement), one in figures.items() if is_split(one)]


def _sure(found: OpinionMap, seated: Seated) -> dict[str, Any]:
    """In tenths: that so many groups come out again, and of each group that its people stay."""
    if found.sure is None or seated.k < 2:
        return {"sure": None, "sure_of": []}
    people = np.nan_to_num(found.sure.people)
    of = [float(people[seated.group == n].mean()) for n in range(seated.k) if seated.sizes[n]]
    return {"sure": round(float(found.sure.k), 1), "sure_of": [round(one, 1) for one in of]}


def _keep_seats(
    votes: Votes, found: OpinionMap, seated: Seated, before: dict[int, int | None]
) -> None:
    """Each voter's own: where they sit, and how sure that is, in tenths."""
    sure = np.zeros(votes.people) if found.sure is None else np.nan_to_num(found.sure.people)
    places: dict[tuple[int, float], list[int]] = {}
    for pk, group, how in zip(found.voters.tolist(), seated.group.tolist(), sure, strict=True):
        if group >= 0 and pk in before:
            places.setdefault((group, round(float(how), 1)), []).append(pk)
    for (group, how), keys in places.items():
        for some in batched(keys, AT_ONCE, strict=False):
            Voter.objects.filter(pk__in=some).update(seat=group, sure=how)


def _keep_extremes(statements: list[Statement], found: OpinionMap) -> None:
    """How far each statement sets people apart, for what is shown next."""
    for one, separates in zip(statements, _separates(found), strict=True):
        one.separates = separates
    Statement.objects.bulk_update(statements, ["separates"], batch_size=200)


def _separates(found: OpinionMap) -> Iterator[float]:
    width = len(found.statements)
    return (float(one) for one in np.hypot(*found.axes.loadings) * np.sqrt(width))
