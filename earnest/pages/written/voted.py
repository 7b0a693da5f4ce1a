"""In spaces with names: how many sentences they voted on, and those they wrote themselves.

How they voted is no part of the record a lead reads: it stands on their own page of answers and in
everything held about them, which only they open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery

from earnest.ideas.models import Statement, Vote, Voter
from earnest.initiatives.models import Participation
from earnest.pages.written.rows import Row, by_day, by_key, rows_as


@dataclass(frozen=True, slots=True)
class VotedIn:
    """One space: its question, and on how many sentences they voted."""

    space_pk: int
    question: str
    votes: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence they put to the vote: where it stands, and why it is not shown where it is not."""

    pk: int
    space_pk: int
    words: str
    state: str
    reason: str
    on: date

    @property
    def called(self) -> str:
        return str(dict(Statement.State.choices)[self.state])


@dataclass(frozen=True, slots=True)
class Voted:
    """What they did where everyone votes."""

    spaces: list[VotedIn] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.spaces or self.sentences)


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    said = Vote.objects.filter(voter_id=OuterRef("pk")).order_by().values("voter_id")
    count = said.annotate(n=Count("statement_id", distinct=True)).values("n")
    voters = Voter.objects.filter(voice__participation=participation.pk).annotate(
        votes=Subquery(count, output_field=IntegerField())
    )
    own = Statement.objects.filter(voice__participation=participation.pk, idea=None).exclude(
        words=""
    )
    return [
        rows_as("voted in", voters.filter(votes__gt=0), **VOTED),
        rows_as("sentence", own, **SENTENCE),
    ]


VOTED: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "space_id",
    "start": "votes",
    "words": "voice__space__question",
}
SENTENCE: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "space_id",
    "more": "reason",
    "who": "state",
    "on": "made_on",
}


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    spaces = sorted(met.get("voted in", ()), key=by_key)
    own = sorted(met.get("sentence", ()), key=by_day, reverse=True)
    return {
        "voted": Voted(
            [VotedIn(row.conversation_id or 0, row.words, row.start or 0) for row in spaces],
            [_sentence(row) for row in own],
        )
    }


def _sentence(row: Row) -> Sentence:
    return Sentence(row.pk, row.conversation_id or 0, row.words, row.who or "", row.more, row.on)


def votes_of(participation: Participation) -> list[dict[str, Any]]:
    """Every vote as it counts, with its day: for everything held, which only they open."""
    voices = list(participation.voices.values_list("pk", flat=True))
    rows = {}
    for vote in Vote.objects.filter(voter_id__in=voices).order_by("turn"):
        rows[vote.statement_id] = vote
    statements = Statement.objects.select_related("idea").in_bulk(list(rows))
    return [
        {"words": str(statements[pk]), "answer": vote.get_value_display(), "at": vote.at}
        for pk, vote in rows.items()
        if pk in statements
    ]
