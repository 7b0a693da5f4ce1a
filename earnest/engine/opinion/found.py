"""What a map is: the frozen results, with their shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from earnest.engine.opinion.votes import Floats

VERSION: Final = 1  # of the method; changes when the same votes may give another map
FEWEST_PEOPLE: Final = 12
FEWEST_STATEMENTS: Final = 5
LEAST_VOTES: Final = 7  # of who shapes the map; fewer where there are fewer statements

PEOPLE: Final = "people"  # reasons of ``too_few``
STATEMENTS: Final = "statements"
ALIKE: Final = "alike"  # enough of both, but nobody differs from anybody


@dataclass(frozen=True, slots=True)
class Axes:
    """The two directions along which people differ most.

    ``centre`` (S,) the mean vote on each statement among those who shape the map (0 where nobody voted or
    the statement is moderated); ``loadings`` (2, S) of unit length or 0, orthogonal; ``share`` (2,) of
    all the differences each direction holds.
    """

    centre: Floats
    loadings: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class Bases:
    """B ≤ 100 base clusters of those who shape the map: ``x``, ``y`` (B,), ``count`` (B,) of people in
    it who shape, ``group`` (B,)."""

    x: Floats
    y: Floats
    count: NDArray[np.int64]
    group: NDArray[np.int8]


class Silhouette(NamedTuple):
    """How well k groups are apart: 1 wholly, 0 not at all."""

    k: int
    value: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by group and statement: ``agree``, ``disagree``, ``passed`` (G, S); ``size`` (G,) people. Adds up."""

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    passed: NDArray[np.int64]
    size: NDArray[np.int64]

    @classmethod
    def empty(cls, groups: int, width: int) -> Self:
        """Nobody and nothing yet."""
        agree, disagree, passed = np.zeros((3, groups, width), np.int64)
        return cls(agree, disagree, passed, np.zeros(groups, np.int64))

    @property
    def seen(self) -> NDArray[np.int64]:
        """Votes of any kind, (G, S)."""
        return self.agree + self.disagree + self.passed

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.agree + other.agree,
            self.disagree + other.disagree,
            self.passed + other.passed,
            self.size + other.size,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What the counts say of each statement.

    ``agrees``, ``disagrees`` (G, S): the share of a group, with the prior. ``for_agree``,
    ``for_disagree`` (G, S): how much more than everybody else the group agrees (disagrees), as a z value;
    0 with one group. ``unites_for``, ``unites_against`` (S,): group-informed consensus, the product over
    groups of P(agree) and of P(disagree). ``divides`` (S,): how far apart the leanings (P(agree) −
    P(disagree)) of two groups are at most, 0 alike to 1 opposite.
    ``holds``: for each group the statements (their numbers, best first) it holds more than others;
    ``holds_for`` likewise whether it agrees with them; ``united``: what a majority of every group agrees
    with, ``united_against`` what it disagrees with, ``divided`` what sets groups apart; best first.
    Moderated statements are in none of these lists.
    """

    agrees: Floats
    disagrees: Floats
    for_agree: Floats
    for_disagree: Floats
    unites_for: Floats
    unites_against: Floats
    divides: Floats
    holds: tuple[tuple[int, ...], ...]
    holds_for: tuple[tuple[bool, ...], ...]
    united: tuple[int, ...]
    united_against: tuple[int, ...]
    divided: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """From drawing the participants anew: ``people`` (P,) how often each fell into the same group (NaN
    never; 0 for who has none); ``k`` how often as many groups came out; ``ks`` how often each k did;
    ``draws`` how many."""

    people: Floats
    k: float
    ks: tuple[tuple[int, float], ...]
    draws: int


@dataclass(frozen=True, slots=True)
class OpinionMap:
    """The map of P voters and S statements.

    ``voters`` (P,), ``statements`` (S,): ids; ``x``, ``y`` (P,) places; ``shapes`` (P,) who voted often
    enough to shape the map; ``base`` (P,) base cluster and ``group`` (P,) group of each voter, from 0, −1
    for who has not voted on anything that shapes. ``k`` groups; 1 where ``too_few`` says why no groups
    are told (``people``, ``statements``, ``alike``), else None. ``sure`` is None without the bootstrap.
    ``moderated`` (S,) statements that do not shape. ``seed`` and ``version`` make it repeatable.
    """

    voters: NDArray[Any]
    statements: NDArray[Any]
    x: Floats
    y: Floats
    shapes: NDArray[np.bool_]
    base: NDArray[np.int16]
    group: NDArray[np.int8]
    k: int
    silhouettes: tuple[Silhouette, ...]
    axes: Axes
    bases: Bases
    tally: Tally
    told: Told
    sure: Sure | None
    moderated: NDArray[np.bool_]
    too_few: str | None
    seed: int
    version: int = VERSION
