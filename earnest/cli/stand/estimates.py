"""What each person's record says: the belief and the ladder, a row a person; or each deed foretold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from earnest.cli.stand.batches import Batch, Sorts
from earnest.cli.stand.moments import DAY, EPOCH, STEP, write_moment
from earnest.engine.belief import (
    Arranged,
    Entry,
    Filtered,
    Params,
    chance,
    climb,
    conditions,
    filter_many,
)
from earnest.engine.belief.events import AGREED, CONDITIONS, DID, NODDED

CLIMBING = frozenset({NODDED, AGREED, DID})  # only these move anybody on the ladder
SURE = 1e-9  # nothing foretold is nearer to 0 or 1: nobody is certain
STANDING = {
    "person": str,
    "as_of": str,
    "item": str,
    "chance": float,
    "low": float,
    "high": float,
    **{
        f"{name}{part}": str if part == "_word" else float
        for name in CONDITIONS
        for part in ("", "_word", "_mean", "_sd")
    },
    "weakest": str,
    "rung": str,
    "since": str,
    "last_deed": str,
    "rows": int,
    "last_row": str,
}
PREDICTED = {"person": str, "at": str, "item": str, "value": int, "chance": float}
type Cell = str | float | int


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which moment the chance is, and of which act where a person has no deed."""

    as_of: int
    item: str
    always: bool = False  # of this act for everybody


@dataclass(frozen=True, slots=True)
class Believed:
    """A batch filtered twice: as the record counts, and as the file has it at the same moment."""

    batch: Batch
    sorts: Sorts
    params: Params

    def standing(self, asked: Asked) -> Iterator[tuple[Cell, ...]]:
        arranged = self.batch.arranged(self.sorts, as_given=False)
        filtered = filter_many(arranged.record, self.params)
        for number in range(len(self.batch.people)):
            yield self._stands(number, arranged, filtered, asked)

    def _stands(
        self, number: int, arranged: Arranged, filtered: Filtered, asked: Asked
    ) -> tuple[Cell, ...]:
        rows, record = self.batch.rows, arranged.record
        mine = arranged.order[record.starts[number] : record.starts[number + 1]]
        mine = self.batch.order[mine]
        at, facts = rows.at[mine].tolist(), [rows.facts[code] for code in rows.fact[mine].tolist()]
        item = asked.item
        if not asked.always:
            item = next((fact.item for fact in reversed(facts) if fact.kind == DID), item)
        state, moment = filtered.state(number), asked.as_of / DAY
        believed = chance(state, item, moment, self.params)
        met = conditions(state, moment, self.params)
        place = climb(
            Entry("", EPOCH + when * STEP, fact.kind, fact.value, fact.item)
            for when, fact in zip(at, facts, strict=True)
            if fact.kind in CLIMBING
        )
        return (
            rows.people[self.batch.people[number]],
            write_moment(asked.as_of),
            item,
            *believed,
            *(cell for one in met for cell in (one.supported, one.word, one.mean, one.sd)),
            min(met, key=lambda one: one.supported).name,
            str(place.step),
            _written(place.since),
            _written(place.last),
            len(facts),
            write_moment(at[-1]),
        )

    def predicted(self) -> Iterator[tuple[Cell, ...]]:
        """Each deed with the chance it had, given only what came before it."""
        arranged = self.batch.arranged(self.sorts, as_given=True)
        filtered = filter_many(arranged.record, self.params)
        places = arranged.order[filtered.deeds]
        as_in_file = np.argsort(places)
        rows, order = self.batch.rows, self.batch.order[places[as_in_file]]
        chances = np.clip(filtered.chances[as_in_file], SURE, 1 - SURE).tolist()
        for person, said_at, fact, value in zip(
            rows.person[order].tolist(),
            rows.said_at[order].tolist(),
            rows.fact[order].tolist(),
            chances,
            strict=True,
        ):
            found = rows.facts[fact]
            yield rows.people[person], said_at.decode(), found.item, found.value, value


def _written(moment: datetime | None) -> str:
    return write_moment((moment - EPOCH) // STEP) if moment else ""
