"""What of a round may be shown to a group: counts of five or more, and nothing where all are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from earnest.checkins.models import Condition, FourTaps
from earnest.engine.groups import FEWEST

VALUES = (1, 2, 3, 4, 5)
QUICK = "under_a_minute"


@dataclass(frozen=True, slots=True)
class Figures:
    """One condition: how many said 1 to 5, and how many cannot say yet."""

    condition: Condition
    counts: tuple[int, ...]
    unsaid: int

    @property
    def said(self) -> int:
        return sum(self.counts)

    @property
    def high(self) -> int:
        """How many said 4 or 5."""
        return sum(self.counts[3:])


def may_be_published(answers: Iterable[FourTaps]) -> dict[str, Any]:
    """The figures of a round as they are kept and shown; what may not be shown is not in them.

    Nothing below five answers, and nothing where all, or all who said anything, say the same.
    """
    rows = list(answers)
    if len(rows) < FEWEST:
        return {}
    shown = {name: found for name in Condition.values if (found := _condition(rows, name))}
    measured = [one.under_a_minute for one in rows if one.under_a_minute is not None]
    if len(measured) >= FEWEST and 0 < sum(measured) < len(measured):
        shown[QUICK] = {"n": sum(measured), "of": len(measured)}
    return shown


def _condition(rows: list[FourTaps], name: str) -> dict[str, Any]:
    taps = Counter(getattr(row, name) for row in rows)
    counts = [taps[value] for value in VALUES]
    if sum(counts) < FEWEST or max(counts) == sum(counts):
        return {}
    return {"counts": counts, "unsaid": taps[None]}


def figures_of(results: dict[str, Any]) -> dict[str, Figures]:
    """Published figures, read again."""
    return {
        condition.value: Figures(condition, tuple(found["counts"]), found["unsaid"])
        for condition in Condition
        if (found := results.get(condition))
    }
