"""Spaces with statements, and people who vote, for these tests."""

from __future__ import annotations

from collections.abc import Sequence

from django.test import Client

from earnest.ideas import access
from earnest.ideas.access.booth import Booth
from earnest.ideas.actions import statements, votes
from earnest.ideas.models import Space, Statement, Vote
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from tests.worlds import NOW, World


def space_of(world: World, *, names: bool = True) -> Space:
    made = {"initiative": world.initiative, "by": world.lead, "made_at": NOW}
    return Space.objects.create(**made, question="How might we?", names=names)


def seeded(space: Space, count: int, *, by: object) -> list[Statement]:
    return [
        statements.seed_statement(space, f"Sentence {n}", by=by, at=NOW)  # type: ignore[arg-type]
        for n in range(count)
    ]


def signed_in_by_link(whose: Participation) -> Client:
    """The browser of a person who opened their own link."""
    link = initiatives.make_link(whose, by=None, at=NOW)
    client = Client()
    client.get(f"/p/{link}/")
    return client


def booth_of(
    space: Space, voice_pk: int | None = None, whose: Participation | None = None
) -> Booth:
    return Booth(space.pk, space.names, False, False, voice_pk, whose.pk if whose else None)


def cast(space: Space, key: str, answers: Sequence[tuple[Statement, int]]) -> None:
    """By a browser with this secret, in a space without names."""
    for statement, value in answers:
        voice = access.voice_in(space, key=key)
        hashed = access.spaces.key_hash(key)
        booth = booth_of(space, voice.pk if voice else None)
        votes.cast_vote(booth, statement.pk, value, key_hash=hashed, at=NOW)


def saying(statement_pk: int, way: str) -> dict[str, str]:
    """What a browser posts for one vote: in the body, where no log keeps it."""
    return {"statement": str(statement_pk), "value": way}


def counts(statement: Statement) -> tuple[int, int, int]:
    one = Statement.objects.get(pk=statement.pk)
    return one.agree, one.disagree, one.passed


def values_of(statement: Statement) -> list[int]:
    rows = Vote.objects.filter(statement_id=statement.pk).order_by("voter_id", "turn")
    return list(rows.values_list("value", flat=True))
