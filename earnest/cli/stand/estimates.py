"""What each person's record says: the belief and the ladder, a row a person; or each deed foretold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from earnest.cli.stand.batches import Batch, Sorts
from earnest.cli.stand.facts import Fact
from earnest.cli.stand.moments import DAY, EPOCH, STEP, write_moment
from earnest.cli.stand.rows import Ints
from earnest.cli.stand.writing import Cell
from earnest.engine.belief import (
    Params,
    State,
    chance,
    conditions,
    filter_many,
    least_met,
)
from earnest.engine.belief.events import AGREED, CONDITIONS, DID, NODDED
from earnest.engine.ladder import Entry, climb

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


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which moment the chance is, and of which act where a person has no deed."""

    as_of: int
    item: str
    always: bool = False  # of this act for everybody

    def item_for(self, facts: Sequence[Fact]) -> str:
        """The sort of their last deed, unless one was asked for."""
        last = (fact.item for fact in reversed(facts) if fact.kind == DID)
        return self.item if self.always else next(last, self.item)


@dataclass(frozen=True, slots=True)
class Believed:
    """A batch of people, and what is believed of them: now, or before each deed."""

    batch: Batch
    sorts: Sorts
    params: Params

    def standing(self, asked: Asked) -> Iterator[tuple[Cell, ...]]:
        arranged = self.batch.arranged(self.sorts, as_given=False)
        filtered = filter_many(arranged.record, self.params)
        order, starts = self.batch.order[arranged.order], arranged.record.starts.tolist()
        for number in range(len(self.batch.people)):
            mine = order[starts[number] : starts[number + 1]]
            yield self._stands(mine, filtered.state(number), asked)

    def _stands(self, mine: Ints, state: State, asked: Asked) -> tuple[Cell, ...]:
        """The row of one person: ``mine`` are the places of their rows, in the order they count."""
        rows = self.batch.rows
        at, facts = rows.at[mine].tolist(), [rows.facts[code] for code in rows.fact[mine].tolist()]
        item = asked.item_for(facts)
        moment = asked.as_of / DAY
        met = conditions(state, moment, self.params)
        place = climb(_entries(at, facts))
        return (
            rows.people[rows.person[mine[0]]],
            write_moment(asked.as_of),
            item,
            *chance(state, item, moment, self.params),
            *(cell for one in met for cell in (one.supported, one.word, one.mean, one.sd)),
            least.name if (least := least_met(met)) else "",
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


def _entries(at: Sequence[int], facts: Sequence[Fact]) -> Iterator[Entry]:
    """What moves anybody on the ladder."""
    for when, fact in zip(at, facts, strict=True):
        if fact.kind in CLIMBING:
            yield Entry("", EPOCH + when * STEP, fact.kind, fact.value, fact.item)


def _written(moment: datetime | None) -> str:
    return write_moment((moment - EPOCH) // STEP) if moment else ""
