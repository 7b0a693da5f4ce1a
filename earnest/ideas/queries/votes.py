"""What is put before a voter next, and what they said so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from earnest.engine.opinion.next import Shown, next_statement, weight
from earnest.ideas.models import Space, Statement, Vote, Voter

PAGE = 50
# In SQL: a page of a space of a thousand statements reads five numbers of each.
OPEN = """SELECT s.id, s.agree, s.disagree, s.passed, s.separates, s.made_on FROM ideas_statement s
    LEFT JOIN ideas_idea i ON i.id = s.idea_id
    WHERE s.space_id = %s AND s.state = 'shown' AND (i.id IS NULL OR (i.gone = ''
    AND (i.voice_id IS NOT NULL OR i.of_lead OR i.passed_on <> 'leads'))) ORDER BY s.id"""
SAID = "SELECT DISTINCT statement_id FROM ideas_vote WHERE voter_id = %s"


@dataclass(frozen=True, slots=True)
class Next:
    """One statement to be shown, or none; how many they voted on, and how many are still open."""

    statement: Statement | None
    voted: int
    left: int


type Dice = Callable[[int], float]  # how many they voted on → a number in [0, 1)


def next_for(space: Space, voice_pk: int | None, *, draw: Dice, today: date) -> Next:
    """Three queries, whatever the space holds; chosen by lot, in proportion to each one's weight."""
    said = _said(voice_pk)
    with connection.cursor() as cursor:
        cursor.execute(OPEN, (space.pk,))
        rows = cursor.fetchall()
    left = [row for row in rows if row[0] not in said]
    weights = [_weight(row[1:], today) for row in left]
    chosen = next_statement(weights, draw(len(said)))
    statement = None if chosen is None else Statement.objects.get(pk=left[chosen][0])
    return Next(statement, len(said), len(left))


def _said(voice_pk: int | None) -> set[int]:
    if voice_pk is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(SAID, (voice_pk,))
        return {row[0] for row in cursor.fetchall()}


def _weight(row: Sequence[Any], today: date) -> float:
    agree, disagree, passed, separates, made = row
    day = date.fromisoformat(made) if isinstance(made, str) else made
    return weight(Shown(agree, disagree, passed, separates, max((today - day).days, 0)))


@dataclass(frozen=True, slots=True)
class Said:
    """A vote as it counts now, and the statement it is on."""

    statement: Statement
    value: int

    @property
    def in_words(self) -> str:
        return str(Vote.Value(self.value).label)


@dataclass(frozen=True, slots=True)
class OwnVotes:
    """One page of somebody's own votes, and the key of the last where more follow."""

    rows: list[Said]
    next_key: int | None


def own_votes(space: Space, voice_pk: int | None, *, after: int | None = None) -> OwnVotes:
    """Each statement they voted on, also where it is not shown any more. Two queries."""
    rows = Statement.objects.filter(space=space, pk__gt=after or 0).select_related("idea")
    if voice_pk is None:
        return OwnVotes([], None)
    mine = rows.filter(pk__in=Vote.objects.filter(voter_id=voice_pk).values("statement_id"))
    there = list(mine.order_by("pk")[: PAGE + 1])
    values = _values(voice_pk, there)
    page = [Said(one, values[one.pk]) for one in there[:PAGE]]
    return OwnVotes(page, there[PAGE - 1].pk if len(there) > PAGE else None)


def _values(voice_pk: int, statements: list[Statement]) -> dict[int, int]:
    keys = [one.pk for one in statements]
    rows = Vote.objects.filter(voter_id=voice_pk, statement_id__in=keys).order_by("turn")
    return dict(rows.values_list("statement_id", "value"))


def wants_word(voice_pk: int | None) -> bool:
    """Whether they wish to hear what becomes of it."""
    return bool(voice_pk) and Voter.objects.filter(pk=voice_pk, wants_word=True).exists()
