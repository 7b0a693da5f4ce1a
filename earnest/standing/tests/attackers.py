"""Who tries to find out about people from figures in groups: with everything ever published.

An attacker knows the rule, who is in which group, who left it when, and every figure there ever
was, of whichever day. One colleague may tell them everything about themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

WEIGHTS = (-2, -1, 0, 1, 2)
MOST_TOGETHER = 4  # figures weighed together by brute force
NEVER = 10**6


@dataclass(frozen=True)
class Kept:
    """The figures of one sort of one group, one a day, and what is behind them.

    ``last`` is the number of the last figure each person could still change; ``counted`` are, for
    each figure, the people who were among them: this nobody outside knows.
    """

    last: Mapping[int, int]
    figures: Sequence[int]
    counted: Sequence[frozenset[int]] = field(repr=False)

    def __post_init__(self) -> None:
        assert [len(one) for one in self.counted] == list(self.figures)


def sums_and_differences(kept: Kept) -> Iterator[tuple[set[int], dict[int, int]]]:
    """Every weighing of the last figures: whom it is about, and what each of them adds to it."""
    sets = kept.counted[-MOST_TOGETHER:]
    first = len(kept.counted) - len(sets)
    for weights in product(WEIGHTS, repeat=len(sets)):
        if any(weights):
            adds = {
                one: sum(w for w, there in zip(weights, sets, strict=True) if one in there)
                for one in kept.last
            }
            fixed = (
                {one for one, last in kept.last.items() if last <= first}
                if not sum(weights)
                else set()
            )
            yield set(kept.last) - fixed, adds


def could_be(kept: Kept, one: int, day: int, *, teller: int | None) -> set[bool]:
    """Whether ``one`` was counted on that day, for all that can be concluded: both, or one of them.

    Exact, for people who turn once: days can be given to people if and only if from each day on no
    more turn than are there to turn.
    """
    rises = [b - a for a, b in zip([0, *kept.figures], kept.figures, strict=False)]
    others = dict(kept.last)
    if teller is not None:
        del others[teller]
        was = [teller in there for there in kept.counted]
        rises = [r - (b - a) for r, a, b in zip(rises, [False, *was], was, strict=False)]
    last = others.pop(one)
    answers = set[bool]()
    for turned in [*range(min(last + 1, len(rises))), NEVER]:
        left = [r - (number == turned) for number, r in enumerate(rises)]
        if _can_be_given_out(left, others):
            answers.add(turned <= day)
    return answers


def _can_be_given_out(rises: Sequence[int], last: Mapping[int, int]) -> bool:
    there = sorted(last.values())
    return all(one >= 0 for one in rises) and all(
        sum(rises[day:]) <= sum(one >= day for one in there) for day in range(len(rises))
    )
