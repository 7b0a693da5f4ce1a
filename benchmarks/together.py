"""A space of the benchmark's organisation: sentences, a voice and five votes for each person, a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connection

from earnest.ideas.models import OpinionMap, Outcome, Space, Statement, Voice, Vote, Voter

if TYPE_CHECKING:
    from benchmarks.world import Builder

SENTENCES, EACH = 60, 5
GROUPS = 3


def vote_together(world: Builder) -> int:
    """In rows, without names; returns the key of the space."""
    made = {"initiative": world.initiative, "by": world.leads[0], "made_at": world.ago(20)}
    space = Space.objects.create(**made, question="How would you make it work?", names=False)
    rows = world.save(Statement, (_sentence(world, space, n) for n in range(SENTENCES)))
    voices = world.save(
        Voice, (Voice(space=space, key_hash=f"{n:064}") for n in range(world.people))
    )
    world.save(
        Voter, (Voter(voice=one, space_id=space.pk, changed=False, seat=0) for one in voices)
    )
    shown = [one.pk for one in rows if one.state == Statement.State.SHOWN]
    world.write(Vote, "voter_id id statement_id turn value at", _votes(world, voices, shown))
    OpinionMap.objects.create(
        space=space,
        version=1,
        made_on=world.today,
        people=world.people,
        result=_result(shown, world.people),
    )
    Outcome.objects.create(space=space, words="We try it", by=world.leads[0], at=world.at)
    return space.pk


def _sentence(world: Builder, space: Space, number: int) -> Statement:
    state = ("waiting", "hidden")[number] if number < 2 else "shown"
    of = world.people * EACH // SENTENCES
    return Statement(
        space=space,
        words=f"We should do it in way {number}",
        state=state,
        reason="It names a team" if state == "hidden" else "",
        made_on=world.today,
        agree=of // 2,
        disagree=of // 3,
        passed=of // 6,
    )


def _votes(world: Builder, voices: list[Voice], shown: list[int]) -> Iterator[tuple[Any, ...]]:
    native = connection.features.has_native_uuid_field
    for number, voice in enumerate(voices):
        for nth in range(EACH):
            key = uuid4()
            statement = shown[(number * EACH + nth) % len(shown)]
            value = world.dice.choice((1, -1, 0))
            yield (voice.pk, key if native else key.hex, statement, 0, value, None)


def _result(shown: list[int], people: int) -> dict[str, Any]:
    each = max(people // GROUPS, 5)
    figures = [
        [group, pk, each, each // 2, "", each // 3, ""] for group in range(GROUPS) for pk in shown
    ]
    return {
        "k": GROUPS,
        "founded_with": people,
        "sizes": [each] * GROUPS,
        "figures": figures,
        "whole": [],
        "places": [[n % 7 / 7, n / 30, n % GROUPS, 5] for n in range(30)],
        "united": shown[:5],
        "united_against": [],
        "divided": shown[5:10],
        "holds": [[[pk, True] for pk in shown[10:14]]] * GROUPS,
        "sure": 0.9,
        "sure_of": [0.8] * GROUPS,
    }
