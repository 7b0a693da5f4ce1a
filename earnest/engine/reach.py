"""Where to begin, among parts that said yes: how like the rest they are, and whom their ties reach.

Pure; NumPy. It answers two plain questions about a part, and gives both answers as counts, so that
whoever reads them can check them: would others recognise their own work in it (size, and the mix
of what is recorded of its people), and how many would see it at first hand (ties, across parts).
It never looks at anybody's willingness, never at a part that did not say yes, and puts no part
before another: answers come back in the order in which they were asked for.

*Likeness of a mix* is the share two groups have in common, Σ min(pᵢ, qᵢ): percentage similarity
(Renkonen 1938), from 0 (nothing in common) to 1 (the same mix). *Reach* is the number of people
outside who are tied to somebody inside, each counted once, and the number of parts they are in.
Nothing is told of fewer than five people: of a reach of one to four, that it is of fewer than five.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.groups import FEWEST

NONE: Final = -1  # in no part; not recorded

type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """People, numbered from 0; the part each is in, what is recorded of each, and their ties.

    ``part`` (people,), the number of each one's part or ``NONE``. ``traits``: by name an array
    (people,) of codes, ``NONE`` where not recorded. ``ties`` (ties, 2): two people each, in either
    direction; doubled ones and ties to oneself count for nothing.
    """

    part: Ints
    traits: Mapping[str, Ints]
    ties: Ints


@dataclass(frozen=True, slots=True)
class Advice:
    """What can be said about one part. Where too few people are in it, ``people`` alone."""

    people: int
    parts: int = 0  # other parts with anybody in them
    usual: tuple[float, float] | None = None  # between which sizes half of the other parts lie
    reaches_people: int = 0
    reaches_parts: int = 0
    reaches_few: bool = False  # somebody, but fewer than five: then neither of the two is told
    outside: int = 0  # people in other parts
    alike: Mapping[str, float] = field(default_factory=dict)  # by trait: the share in common

    @property
    def can_be_told(self) -> bool:
        return self.people >= FEWEST

    @property
    def of_usual_size(self) -> bool:
        return self.usual is not None and self.usual[0] <= self.people <= self.usual[1]


def advise(network: Network, volunteers: Sequence[Sequence[int]]) -> list[Advice]:
    """For each volunteer, the numbers of the parts it is made of (a team and the teams in it).

    Raises ValueError where the arrays do not fit each other.
    """
    _check(network)
    count = int(network.part.max(initial=NONE)) + 1
    known = _Known(
        part=network.part,
        sizes=np.bincount(network.part[network.part != NONE], minlength=count),
        neighbours=_neighbours(network, count),
        mixes={name: _mix(network.part, codes, count) for name, codes in network.traits.items()},
    )
    return [_of(one, known) for one in volunteers]


def _check(network: Network) -> None:
    people = network.part.size
    if network.ties.ndim != 2 or network.ties.shape[1] != 2:
        raise ValueError("ties are pairs of people")
    if network.ties.size and not 0 <= network.ties.min() <= network.ties.max() < people:
        raise ValueError("a tie names somebody who is not there")
    if any(codes.size != people for codes in network.traits.values()):
        raise ValueError("a trait is recorded of each person, or as none")


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Whom the people of each part are tied to, outside it, each once: one slice a part."""

    people: Ints
    begins: Ints  # (parts + 1,)

    def of(self, part: int) -> Ints:
        return self.people[self.begins[part] : self.begins[part + 1]]

    def of_all(self, parts: Ints) -> Ints:
        """Each person once; of one part they are so already."""
        if parts.size == 1:
            return self.of(int(parts[0]))
        return np.unique(np.concatenate([self.of(int(one)) for one in parts]))


@dataclass(frozen=True, slots=True)
class _Mix:
    """How many of each part, and of all, are of each sort."""

    of_each: Ints  # (parts, sorts)
    all: Ints  # (sorts,)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is counted once, for all volunteers."""

    part: Ints  # (people,)
    sizes: Ints  # (parts,)
    neighbours: _Neighbours
    mixes: Mapping[str, _Mix]  # by trait


def _neighbours(network: Network, count: int) -> _Neighbours:
    """A tie holds both ways. Pairs of part and person as one number, sorted: a part is a slice."""
    people = network.part.size
    here = np.concatenate([network.ties[:, 0], network.ties[:, 1]])
    there = np.concatenate([network.ties[:, 1], network.ties[:, 0]])
    parts, others = network.part[here], network.part[there]
    across = (parts != NONE) & (others != NONE) & (parts != others)
    pairs = parts[across] * people + there[across]
    pairs.sort()  # four times as fast as np.unique, which hashes first
    pairs = pairs[np.diff(pairs, prepend=NONE) > 0]
    begins = np.searchsorted(pairs, np.arange(count + 1) * people)
    return _Neighbours(pairs % max(people, 1), begins)


def _mix(part: Ints, codes: Ints, count: int) -> _Mix:
    known = (part != NONE) & (codes != NONE)
    sorts = int(codes.max(initial=NONE)) + 1
    cells = np.bincount(part[known] * sorts + codes[known], minlength=count * sorts)
    of_each = cells.reshape(count, sorts)
    return _Mix(of_each, of_each.sum(axis=0))


def _of(parts: Sequence[int], known: _Known) -> Advice:
    sizes, part = known.sizes, known.part
    inside = np.unique(np.asarray([one for one in parts if 0 <= one < sizes.size], np.int64))
    people = int(sizes[inside].sum())
    if people < FEWEST:
        return Advice(people)
    rest = np.delete(sizes, inside)
    rest = rest[rest > 0]
    tied = known.neighbours.of_all(inside)
    within = np.zeros(sizes.size, np.bool_)
    within[inside] = True
    tied = tied[~within[part[tied]]]
    reached = tied if tied.size >= FEWEST else tied[:0]
    low, high = np.percentile(rest, [25, 75]) if rest.size else (0.0, 0.0)
    return Advice(
        people=people,
        parts=int(rest.size),
        usual=(float(low), float(high)) if rest.size else None,
        reaches_people=int(reached.size),
        reaches_parts=int(np.unique(part[reached]).size),
        reaches_few=bool(tied.size > reached.size),
        outside=int(rest.sum()),
        alike=_alike(inside, known.mixes),
    )


def _alike(inside: Ints, mixes: Mapping[str, _Mix]) -> dict[str, float]:
    """The share in common with all others, for each trait known of five people on both sides."""
    found = {}
    for name, mix in mixes.items():
        here = mix.of_each[inside].sum(axis=0)
        rest = mix.all - here
        if here.sum() >= FEWEST and rest.sum() >= FEWEST:
            found[name] = float(np.minimum(here / here.sum(), rest / rest.sum()).sum())
    return found
