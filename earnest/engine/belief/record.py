"""Many people's histories as ragged arrays: one row an event, people one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earnest.engine.belief.events import (
    DID,
    KINDS,
    BadEvent,
    Event,
    check_sort,
    check_value,
    in_order,
)

type Whole = NDArray[np.int64]


class Sort(NamedTuple):
    """A sort of evidence: ``did`` of sort ``kept``, ``said`` on ``owns``, …"""

    kind: str
    item: str


@dataclass(frozen=True, slots=True)
class Record:
    """Histories of P people in R rows, each person's in the order they count.

    ``starts`` (P + 1,): person p has rows starts[p] to starts[p + 1]; ``at`` (R,) days, never falling
    within a person; ``sort`` (R,) points into ``sorts``; ``value`` (R,).
    """

    starts: NDArray[np.int64]
    at: NDArray[np.float64]
    sort: NDArray[np.int32]
    value: NDArray[np.int8]
    sorts: tuple[Sort, ...]

    @property
    def people(self) -> int:
        """P, the number of people."""
        return len(self.starts) - 1

    @property
    def rows(self) -> int:
        """R, the number of events."""
        return len(self.at)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Events of each person, (P,)."""
        return np.diff(self.starts)

    @property
    def deeds(self) -> NDArray[np.int64]:
        """The rows that are deeds, done or missed, rising."""
        is_deed = np.array([sort.kind == DID for sort in self.sorts] or [False])
        return np.flatnonzero(is_deed[self.sort])

    def of_people(self, people: ArrayLike) -> Record:
        """The record of these people (their numbers), in this order."""
        chosen = np.asarray(people, dtype=np.int64)
        lengths = self.lengths[chosen]
        starts = _starts(lengths)
        rows = np.repeat(self.starts[chosen] - starts[:-1], lengths) + np.arange(starts[-1])
        return Record(starts, self.at[rows], self.sort[rows], self.value[rows], self.sorts)

    def first_rows(self, most: int) -> Record:
        """The record with the first ``most`` events of each person at most."""
        since = np.arange(self.rows) - np.repeat(self.starts[:-1], self.lengths)
        kept = since < most
        starts = _starts(np.minimum(self.lengths, most))
        return Record(starts, self.at[kept], self.sort[kept], self.value[kept], self.sorts)

    def events_of(self, person: int) -> tuple[Event, ...]:
        """One person's events."""
        rows = range(int(self.starts[person]), int(self.starts[person + 1]))
        return tuple(self._event(row) for row in rows)

    def _event(self, row: int) -> Event:
        kind, item = self.sorts[self.sort[row]]
        return Event(float(self.at[row]), kind, item, int(self.value[row]))

    @classmethod
    def of(cls, histories: Iterable[Iterable[Event]]) -> Record:
        """The record of people whose events come in any order."""
        ordered = [in_order(history) for history in histories]
        rows = [event for history in ordered for event in history]
        sorts = sorted({Sort(event.kind, event.item) for event in rows})
        number = {sort: place for place, sort in enumerate(sorts)}
        return arrange(
            Columns(
                np.repeat(np.arange(len(ordered)), [len(history) for history in ordered]),
                np.array([event.at for event in rows], dtype=np.float64),
                np.array([number[Sort(event.kind, event.item)] for event in rows], dtype=np.int32),
                np.array([event.value for event in rows], dtype=np.int8),
            ),
            sorts,
            people=len(ordered),
        ).record


class Columns(NamedTuple):
    """Rows as they stand in a file: the person's number from 0, days, sort's number, value."""

    person: ArrayLike
    at: ArrayLike
    sort: ArrayLike
    value: ArrayLike


class Arranged(NamedTuple):
    """A record, and for each of its rows the row of the file it came from."""

    record: Record
    order: NDArray[np.int64]


def arrange(
    columns: Columns,
    sorts: Sequence[tuple[str, str]],
    *,
    people: int | None = None,
    as_given: bool = False,
) -> Arranged:
    """Put rows in the order they count. ``as_given``: rows of the same moment stay as they stand.

    Otherwise the order within a moment follows from the rows alone (``events.in_order``), so that
    the order in the file does not matter. Raises BadEvent for what cannot be evidence.
    """
    person, at = np.asarray(columns.person, np.int64), np.asarray(columns.at, np.float64)
    sort, given = np.asarray(columns.sort, np.int32), np.asarray(columns.value)
    named = tuple(Sort(*one) for one in sorts)
    _check(at, sort, given, named)
    value = given.astype(np.int8)
    keys = [at, person] if as_given else [*_within_a_moment(sort, value, named), at, person]
    order = np.lexsort(keys)
    count = people if people is not None else int(person.max(initial=-1)) + 1
    starts = _starts(np.bincount(person, minlength=count))
    return Arranged(Record(starts, at[order], sort[order], value[order], named), order)


def _starts(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def _within_a_moment(
    sort: NDArray[np.int32], value: NDArray[np.int8], sorts: tuple[Sort, ...]
) -> list[NDArray[np.int64] | NDArray[np.int8]]:
    """Keys for lexsort, the last counts most: item, value, kind."""
    names = sorted({one.item for one in sorts})
    item = np.array([names.index(one.item) for one in sorts] or [0], np.int64)
    kind = np.array([KINDS.index(one.kind) for one in sorts] or [0], np.int64)
    return [item[sort], value, kind[sort]]


def _check(
    at: NDArray[np.float64],
    sort: NDArray[np.int32],
    value: NDArray[Any],
    sorts: tuple[Sort, ...],
) -> None:
    """Values as they were given: in eight bits 257 would be a 1."""
    for one in sorts:
        check_sort(*one)
    if not np.isfinite(at).all():
        raise BadEvent("The time is not a moment.")
    for number, one in enumerate(sorts):
        for found in np.unique(value[sort == number]).tolist():
            check_value(one.kind, found)
