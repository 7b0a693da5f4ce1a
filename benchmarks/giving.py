"""A space with names of the benchmark's organisation: one idea for every five people, half of them
grown from others, some merged, changed and supported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from earnest.ideas.models import BuildsOn, Idea, Invited, Merge, Space, Support, Voice

if TYPE_CHECKING:
    from benchmarks.world import Builder

OF_PEOPLE, SUPPORTED, CHANGED, MERGED = 5, 3, 7, 50  # one of so many


def give_ideas(world: Builder) -> int:
    """In rows; returns the key of the first idea, from which most grew."""
    made = {"initiative": world.initiative, "by": world.leads[0], "made_at": world.ago(30)}
    question = "How would you get one owner a day where you are?"
    space = Space.objects.create(**made, question=question, names=True)
    people = world.there[: max(world.people // OF_PEOPLE, 8)]
    world.save(Invited, (Invited(space=space, participation=p, at=world.ago(30)) for p in people))
    voices = world.save(Voice, (Voice(space=space, participation=p) for p in people))
    half = len(voices) // 2
    first = world.save(Idea, (_idea(world, voice, n) for n, voice in enumerate(voices[:half])))
    grown = world.save(
        Idea,
        (_idea(world, voice, n, first[0]) for n, voice in enumerate(voices[half:], half)),
    )
    world.save(BuildsOn, (BuildsOn(idea=one, of=first[0]) for one in grown))
    world.save(Support, _support(world, [*first, *grown], voices))
    world.save(Merge, _merges(world, first))
    counts = {"supporters": 1, "responses": 1}
    Idea.objects.filter(space=space).update(**counts)
    Idea.objects.filter(pk=first[0].pk).update(builders=len(grown), responses=len(grown))
    Space.objects.filter(pk=space.pk).update(ideas_given=len(voices))
    return first[0].pk


def _idea(world: Builder, voice: Voice, number: int, of: Idea | None = None) -> Idea:
    return Idea(
        initiative=world.initiative,
        space=voice.space,
        voice=voice,
        participation=voice.participation,
        words=f"Way {number}: whoever is in first puts a name on it, and says so by noon",
        on=world.some_day(-29, 0),
        origin=Idea.Origin.SPACE,
        root=of,
        revision=1 + (number % CHANGED == 0),
        changed_on=world.today if number % CHANGED == 0 else None,
        passed_on=Idea.PassedOn.NAMED if number % 2 else Idea.PassedOn.UNNAMED,
    )


def _support(world: Builder, ideas: list[Idea], voices: list[Voice]) -> Iterator[Support]:
    """Each by somebody else; the last of the voices is for a third of them, as they once read."""
    for number, idea in enumerate(ideas[:-1]):
        whose = voices[-1] if number % SUPPORTED == 0 else voices[number + 1]
        yield Support(idea=idea, voice=whose, on=world.today)


def _merges(world: Builder, ideas: list[Idea]) -> Iterator[Merge]:
    for kept, joined in zip(ideas[1::MERGED], ideas[2::MERGED], strict=False):
        Idea.objects.filter(pk=joined.pk).update(merged_into=kept)
        yield Merge(kept=kept, joined=joined, by=world.leads[0], at=world.at)
