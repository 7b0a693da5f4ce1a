"""What a person is asked, and when: uneven gaps, ragged lengths, whole kinds missing.

Shared by all populations: they differ in how people *answer*, and in these figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple, Protocol

from benchmarks.belief.rows import AGREED, CONDITIONS, DID, NODDED, SAID, SILENT, Row

BEGUN = 19_000.0  # in January 2022


class Occasion(NamedTuple):
    """Something is asked or comes due."""

    at: float
    kind: str
    item: str


class Life(Protocol):
    """One person of a population: time passes, and they answer or act."""

    def to(self, at: float) -> None: ...

    def value(self, kind: str, item: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Asking:
    """How a population is asked."""

    sorts: tuple[str, ...] = ("kept", "attended", "contributed")
    shares: dict[str, float] = field(
        default_factory=lambda: {SAID: 3.0, NODDED: 1.0, AGREED: 1.5, DID: 3.5, SILENT: 1.5}
    )
    usual_rows: float = 12.0
    gap_days: float = 9.0
    lone: float = 0.1  # share of people with a single row
    missing: float = 0.15  # chance that a kind is never recorded of a person
    whole_days: bool = False
    starts_within: float = 400.0

    def of(self, chance: Random) -> list[Occasion]:
        """One person's occasions, in time: bursts, pauses, between 1 and 60 rows."""
        kinds = self._kinds(chance)
        at = BEGUN + chance.random() * self.starts_within
        pace = self.gap_days * chance.lognormvariate(0, 0.6)
        found: list[Occasion] = []
        for _ in range(self._length(chance)):
            kind = chance.choices(list(kinds), list(kinds.values()))[0]
            found += self._at(at, kind, chance)
            at += self._gap(pace, chance)
        return found[:60]

    def _length(self, chance: Random) -> int:
        if chance.random() < self.lone:
            return 1
        return max(1, min(60, round(chance.lognormvariate(0, 0.75) * self.usual_rows)))

    def _kinds(self, chance: Random) -> dict[str, float]:
        kept = {
            kind: share for kind, share in self.shares.items() if chance.random() > self.missing
        }
        return kept or dict(self.shares)

    def _gap(self, pace: float, chance: Random) -> float:
        if chance.random() < 0.25:  # the same conversation goes on
            return chance.random() * 0.1
        if chance.random() < 0.04:  # nobody looks after it for long
            return pace * 25 * chance.random()
        return chance.expovariate(1 / pace)

    def _at(self, at: float, kind: str, chance: Random) -> Iterator[Occasion]:
        at = float(int(at)) if self.whole_days else at
        if kind == SAID:  # seldom all four
            for condition in chance.sample(CONDITIONS, chance.choice((1, 1, 1, 2, 4))):
                yield Occasion(at, kind, condition)
        else:
            yield Occasion(at, kind, self._sort(chance) if kind == DID else "")

    def _sort(self, chance: Random) -> str:
        weights = [1 / (1 + rank) for rank in range(len(self.sorts))]
        return chance.choices(self.sorts, weights)[0]


def lived(person: str, life: Life, occasions: list[Occasion]) -> Iterator[Row]:
    for at, kind, item in occasions:
        life.to(at)
        yield Row(person, at, kind, item, life.value(kind, item))


def happens(share: float, chance: Random) -> int:
    return int(chance.random() < share)


def answered(level: float) -> int:
    """A level on the scale of the check-in: 1 to 5, rounded."""
    return max(1, min(5, round(level)))
