"""What goes in and what comes out: readings of groups over time, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

LARGEST: Final = 1e15  # of a value; beyond, sums of squares end
MOST_CASES: Final = 1_000_000_000


class BadReadings(ValueError):
    """Readings that nothing can be said of, with the reason in words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a group on a day. Of a share, ``value`` is in percent and ``of`` how many it counts."""

    group: str
    at: date
    value: float
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed with the start, beside the comparison where there is one.

    ``estimate`` is the change of the means: (after − before) − (comparison_after − comparison_before); without
    a comparison and with a trend, after − ``expected``. Shares change in points. ``low`` and ``high`` hold it
    with chance ``level``; they are None where not even that can be said.
    """

    estimate: float | None
    low: float | None
    high: float | None
    method: str  # how it was found, in words
    sentence: str
    enough: bool  # False: too early to say
    why_not: str  # why it is too early; else empty
    before: float | None
    after: float | None
    comparison_before: float | None = None
    comparison_after: float | None = None
    expected: float | None = None  # without a comparison: where the trend before would have led
    level: float = 0.9
    readings_before: int = 0  # of the treated group, as they were used
    readings_after: int = 0
    cases_before: int | None = None  # of shares
    cases_after: int | None = None
    comparisons: tuple[str, ...] = ()  # the groups it was compared with


def check(readings: Iterable[Reading]) -> None:
    """Raise BadReadings for what no file or form should let through."""
    kinds = set()
    for one in readings:
        kinds.add(one.of is None)
        if not abs(one.value) <= LARGEST:
            raise BadReadings(f"{one.group}, {one.at}: {one.value} is no number to count with.")
        if one.of is not None and (not 1 <= one.of <= MOST_CASES or not 0 <= one.value <= 100):
            raise BadReadings(f"{one.group}, {one.at}: {one.value} of {one.of} is no share.")
    if len(kinds) > 1:
        raise BadReadings("Some readings say of how many they are and some do not.")
