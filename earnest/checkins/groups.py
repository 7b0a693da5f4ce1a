"""Which people may be asked, or shown, together, so that no subtraction tells of fewer than five.

A file of its own: pure, so that the rule and its proof stand in one place (privacy.md 7).

Published of a round is a sum over the people in it. Take every person with the rounds they were in:
people in exactly the same rounds make a *cell*. Whoever adds and subtracts results, weighs each
round by a number; a person then counts with the sum of the numbers of their rounds, which is the
same for all of their cell. So a cell is in what comes out as a whole or not at all. If no cell has
fewer than five people, whatever comes out is about five or more, all counted alike: also over
several rounds, and however often it is tried.

It follows that one rule suffices: whenever a round is added, each cell there is so far must be taken
whole, left out whole, or parted into two of at least five. Cells do not touch each other, so each is
looked at alone, and as many as possible are taken. What a cell is stands in ``engine/groups.py``.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earnest.engine.groups import FEWEST, People, cells_of

BY_LOT = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Before:
    """Who was in an earlier round. ``lost`` were, and nobody knows any more who they were."""

    people: People
    lost: int = 0


def askable_together(
    before: Sequence[Before], there: Iterable[int], *, draw: random.Random = BY_LOT
) -> People:
    """As many as possible of those who are there; empty where nobody can be asked this time.

    Where some of a cell are missing, others of it rest, drawn by lot, until five do: then no
    comparison tells what the missing ones said.
    """
    free, chosen = set(there), set[int]()
    cells = cells_of([one.people for one in before])
    for rounds, people in cells.items():
        lost = all(before[number].lost for number in rounds)
        chosen |= _share(len(people), sorted(people & free), draw, lost=lost)
    newly = free.difference(*cells.values())
    return frozenset(chosen | (newly if len(newly) >= FEWEST else set()))


def _share(cell: int, free: list[int], draw: random.Random, *, lost: bool) -> set[int]:
    """All of a cell, or so many that five of it or more rest, or nobody."""
    if len(free) == cell >= FEWEST and not lost:
        return set(free)
    most = min(len(free), cell - FEWEST)
    return set(draw.sample(free, most)) if most >= FEWEST else set()
