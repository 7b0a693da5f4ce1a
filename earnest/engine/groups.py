"""Which figures about people may be shown together, so that nobody is told of by subtraction.

Pure, so that the rule and its proof stand in one place (privacy.md 7; practices 0.1, 3.1). Check-ins
choose by ``cells_of`` whom to ask together; the figures of an initiative follow the rest of it.

*Groups.* A group is a set of people that never changes: nobody is put in later, nobody is taken
out. Who leaves, stops or is erased *rests*: they stay counted as they were last, and may be known to
rest. Groups do not overlap and nothing is shown of a set that is no sum of groups; so whatever is
added and subtracted says no more than the figures of each group say of it, and each can be looked at
alone. Which teams make up a group follows from their sizes alone, never from what anybody said:
where a group is put together with others *because* all in it are alike, that itself tells of it.

*Figures.* Of each group the number who said yes, and who did it, as of a day. With ``ALIKE`` = 2:
1. the first is shown when at least 2 are among them and at least 2 are not;
2. a later one when at least five more are among them than before (``FEWEST``), and at least 2 fewer
   than are still *here*, which means who does not rest;
3. the two figures of a group differ by at least 2 wherever they stand side by side;
4. and one time in four it rests by lot, whatever could be shown.

*What follows.* All of 1 to 3 can be checked from what was published and from who left when, which an
attacker may know; by 4 a figure that is not there says nothing at all. Take one of a group, a day,
and one colleague of theirs (not them) who tells everything about themselves. Then there are two ways
in which everybody may have come to say yes, both in keeping with every figure ever published: in one
they had said yes by that day, in the other they had not. For: somebody else than the colleague was
counted on the first day (at least 2 were) and somebody was not at the end. Let s₁ < s₂ < … be the
figures. Whoever turns on day j must be here then; people here become ever fewer, so days can be given
to people if and only if from each day on no more turn than are here, and s_j ≤ here_j − 2 leaves two
places free at each day. Fixing the colleague takes one, fixing the one asked about the other. So no
figure, sum or difference, over groups, rounds or days, tells of one person, whoever left meanwhile;
nor of two or more being all alike. ``standing/tests/test_groups_cannot_be_subtracted.py`` lets
attackers try.

Not covered: two and more of the same group who put together what they know; and who knows by other
means what most of a group said. Of people who are known to have done it (deeds are seen), that they
said yes may be concluded, but of nobody else (3).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

FEWEST = 5  # a figure, and the difference of two, is about so many
OWN = 2 * FEWEST  # so large a group can have a second figure after the first
ALIKE = 2  # so many at least are on either side: one may tell of themselves
REST_ONE_IN = 4

SAID, DID = "said", "did"

type People = frozenset[int]
type Cell = frozenset[int]  # the sets somebody is in, by their number


def cells_of(sets: Sequence[People]) -> dict[Cell, set[int]]:
    """People by the sets they are in."""
    found: dict[int, set[int]] = defaultdict(set)
    for number, people in enumerate(sets):
        for one in people:
            found[one].add(number)
    cells: dict[Cell, set[int]] = defaultdict(set)
    for one, numbers in found.items():
        cells[frozenset(numbers)].add(one)
    return dict(cells)


def may_stand_beside(sets: Sequence[People]) -> bool:
    """True when no sum or difference of these is about fewer than five people."""
    return all(len(people) >= FEWEST for people in cells_of(sets).values())


@dataclass(frozen=True, slots=True)
class Team:
    """People of one team who are in no group yet; ``key`` None for those without a team."""

    key: int | None
    people: int


def grouped(teams: Iterable[Team], *, least: int = OWN) -> list[list[Team]]:
    """Teams put together, in the order given, until each group has ``least`` people.

    A large team stands alone. What is left over joins the smallest group; where there is none,
    nobody is in one yet.
    """
    several = [one for one in teams if one.people]
    groups = [[one] for one in several if one.people >= least]
    open_group: list[Team] = []
    for one in several:
        if one.people < least:
            open_group.append(one)
            if _size(open_group) >= least:
                groups.append(open_group)
                open_group = []
    if open_group and groups:
        min(groups, key=_size).extend(open_group)
    return groups


def _size(group: list[Team]) -> int:
    return sum(one.people for one in group)


@dataclass(frozen=True, slots=True)
class Published:
    """What stands of a group: how many are in it, how many of them here, and its last figures."""

    people: int
    here: int
    said: int | None = None
    did: int | None = None


def next_figures(stands: Published, *, said: int, did: int, draw: random.Random) -> Published:
    """The figures that stand from now on: new ones where the rule allows, else the old.

    ``said`` and ``did`` are counted now, who rests as they were last.
    """
    if _may_be_shown(said, stands.said, stands, beside=stands.did) and not _rests(draw):
        stands = replace(stands, said=said)
    if _may_be_shown(did, stands.did, stands, beside=stands.said) and not _rests(draw):
        stands = replace(stands, did=did)
    return stands


def _may_be_shown(count: int, before: int | None, stands: Published, beside: int | None) -> bool:
    enough = count >= ALIKE if before is None else count - before >= FEWEST
    apart = beside is None or abs(count - beside) >= ALIKE
    return stands.people >= FEWEST and enough and count <= stands.here - ALIKE and apart


def _rests(draw: random.Random) -> bool:
    return draw.randrange(REST_ONE_IN) == 0
