"""Rows → records the engine reads, some people at a time, so that memory stays flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earnest.cli.stand.moments import DAY
from earnest.cli.stand.rows import Codes, Ints, Rows
from earnest.engine.belief import Arranged, arrange
from earnest.engine.belief import Columns as Given
from earnest.engine.belief.events import DID

ROWS, PEOPLE = 500_000, 50_000  # a batch ends with either
SORTS = 1_000  # so many sorts of deeds are told apart; rarer ones count as a sort never seen
RARE = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some people, one after another, and their rows in the order of the file."""

    rows: Rows
    people: Codes  # (p,) their codes
    order: Ints  # (r,) the rows, by person, then as in the file
    person: Ints  # (r,) counted from 0 within the batch

    def arranged(self, sorts: Sorts, *, as_given: bool) -> Arranged:
        fact = self.rows.fact[self.order]
        columns = Given(
            self.person, self.rows.at[self.order] / DAY, sorts.number[fact], sorts.value[fact]
        )
        return arrange(columns, sorts.named, people=len(self.people), as_given=as_given)


@dataclass(frozen=True, slots=True)
class Sorts:
    """Facts as the engine numbers them: the sort and the value of each fact."""

    named: list[tuple[str, str]]
    number: NDArray[np.int32]  # by fact
    value: NDArray[np.int8]  # by fact


def sorts_of(rows: Rows, fitted: Iterable[str] = ()) -> Sorts:
    """The sorts of evidence in a file; those that parameters were fitted to are always told apart."""
    known = {*common_items(rows)[:SORTS], *fitted}
    sorts = [
        (fact.kind, RARE if fact.kind == DID and fact.item not in known else fact.item)
        for fact in rows.facts
    ]
    named = sorted(set(sorts))
    place = {sort: number for number, sort in enumerate(named)}
    return Sorts(
        named,
        np.array([place[sort] for sort in sorts], np.int32),
        np.array([fact.value for fact in rows.facts], np.int8),
    )


def common_items(rows: Rows) -> list[str]:
    """The sorts of deeds, the most frequent first."""
    counts: Counter[str] = Counter()
    found = np.bincount(rows.fact, minlength=len(rows.facts))
    for fact, count in zip(rows.facts, found.tolist(), strict=True):
        if fact.kind == DID and count:
            counts[fact.item] += count
    return sorted(counts, key=lambda item: (-counts[item], item))


def batches(rows: Rows) -> Iterator[Batch]:
    """Everybody with a row, in the order they first appear."""
    order = np.argsort(rows.person, kind="stable")
    counts = np.bincount(rows.person, minlength=len(rows.people))
    people = np.flatnonzero(counts).astype(np.int32)
    ends = np.cumsum(counts[people])
    first = 0
    while first < len(people):
        begun = int(ends[first - 1]) if first else 0
        last = int(np.searchsorted(ends, begun + ROWS, side="right"))
        last = min(max(last, first + 1), first + PEOPLE)
        chosen = people[first:last]
        person = np.repeat(np.arange(len(chosen)), counts[chosen])
        yield Batch(rows, chosen, order[begun : int(ends[last - 1])], person)
        first = last


def everybody(rows: Rows) -> Batch:
    """All people as one batch: for a fit."""
    order = np.argsort(rows.person, kind="stable")
    people, person = np.unique(rows.person[order], return_inverse=True)
    return Batch(rows, people.astype(np.int32), order, person)
