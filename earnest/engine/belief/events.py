"""What the belief reads: one thing said or done, checked, in an order that no file decides.

Time is days since 1970-01-01T00:00Z as a float (a microsecond is kept for centuries around now).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

SAID: Final = "said"
NODDED: Final = "nodded"
AGREED: Final = "agreed"
DID: Final = "did"
SILENT: Final = "silent"

CONDITIONS: Final = ("understands", "matters", "doable", "owns")
KINDS: Final = (SAID, SILENT, NODDED, AGREED, DID)  # in the order they count at the same moment
ANSWERS: Final = 5  # a condition is answered by 1 to 5


class BadEvent(ValueError):
    """A row that cannot be evidence; ``sentence`` says why, for whoever wrote the file."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Event(NamedTuple):
    """One thing said or done: ``at`` in days, ``item`` the condition or the sort of deed."""

    at: float
    kind: str
    item: str
    value: int


def check(event: Event) -> Event:
    """Return the event as it is, or raise BadEvent with a sentence."""
    if not math.isfinite(event.at):
        raise BadEvent("The time is not a moment.")
    check_sort(event.kind, event.item)
    check_value(event.kind, event.value)
    return event


def check_sort(kind: str, item: str) -> None:
    """Raise BadEvent unless such a sort of evidence exists."""
    if kind not in KINDS:
        raise BadEvent(f"Unknown kind “{kind}”: it is one of {', '.join(KINDS)}.")
    if kind == SAID and item not in CONDITIONS:
        raise BadEvent(f"Unknown condition “{item}”: it is one of {', '.join(CONDITIONS)}.")


def check_value(kind: str, value: int) -> None:
    """Raise BadEvent unless the value is one this kind can have."""
    if kind == SAID and value not in range(1, ANSWERS + 1):
        raise BadEvent(f"What was said is a whole number from 1 to {ANSWERS}, not {value}.")
    if kind != SAID and value not in {0, 1}:
        raise BadEvent(f"“{kind}” is 0 or 1, not {value}.")


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events, checked, in the order they count: by time; at the same moment words before deeds, no
    before yes."""
    return tuple(sorted(map(check, events), key=_place))


def _place(event: Event) -> tuple[float, int, int, str]:
    return event.at, KINDS.index(event.kind), event.value, event.item
