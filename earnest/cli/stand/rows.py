"""The rows of a file as compact columns: 16 bytes a row, and each person's name once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.problems import Problems
from earnest.cli.stand.facts import WITHDRAWN, Fact, read_fact
from earnest.engine.rows import Bad, shown

type Ints = NDArray[np.int64]
type Codes = NDArray[np.int32]
type Texts = NDArray[np.bytes_]

SEEN_CODE, BAD_CODE = -1, -2
LONGEST_NAME = 1_000
MANY_FACTS = 200_000  # so many different ones are remembered; others are read again each time


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds, in its order."""

    people: list[str]  # by code, in the order they first appear
    facts: list[Fact]  # by code
    person: Codes  # (n,)
    at: Ints  # (n,) microseconds since 1970
    fact: Codes  # (n,)
    said_at: Texts  # (n,) as it was written, where wanted; else (0,)

    def __len__(self) -> int:
        return len(self.person)


def check_name(name: str) -> None:
    """Raise Bad unless this can be a person's name or number."""
    if not name.strip():
        raise Bad("person is empty.")
    if len(name) > LONGEST_NAME:
        raise Bad(f"person {shown(name)} is longer than {LONGEST_NAME:,} characters.")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Bad(f"person {shown(name)} is not UTF-8.") from None


class Known:
    """Names and facts met so far, each with its code."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.facts: dict[Fact, int] = {}
        self._met: dict[tuple[str, str, str, bool], int] = {}

    def code(self, kind: str, item: str, value: str, *, corrects: bool = False) -> int:
        """The fact's code; SEEN_CODE, or BAD_CODE where ``read_fact`` says why."""
        key = (kind, item, value, corrects)
        found = self._met.get(key)
        if found is None:
            found = self._new(kind, item, value, corrects)
            if len(self._met) < MANY_FACTS:
                self._met[key] = found
        return found

    def _new(self, kind: str, item: str, value: str, corrects: bool) -> int:
        try:
            fact = read_fact(kind, item, value, corrects=corrects)
        except Bad:
            return BAD_CODE
        return SEEN_CODE if fact is None else self.facts.setdefault(fact, len(self.facts))

    def codes(
        self, kinds: Sequence[str], items: Sequence[str], values: Sequence[str]
    ) -> Codes | None:
        """Of many rows, where all are evidence."""
        found = [self.code(*one) for one in zip(kinds, items, values, strict=True)]
        return np.array(found, np.int32) if found and min(found) >= 0 else None

    def may_be(self, names: Iterable[str]) -> bool:
        """Whether all of these can be somebody's name or number."""
        try:
            for name in names:
                if name not in self.people:
                    check_name(name)
        except Bad:
            return False
        return True

    def person(self, name: str) -> int:
        return self.people.setdefault(name, len(self.people))


@dataclass(frozen=True, slots=True)
class Block:
    """Some good rows. ``said_at`` are the times as written, where wanted; ``mark`` names a row and
    ``corrects`` the one it replaces (0: none), where the file has corrections.
    """

    person: Codes
    at: Ints
    fact: Codes
    said_at: Texts | None = None
    mark: Ints | None = None
    corrects: Ints | None = None

    def only(self, kept: NDArray[np.bool_]) -> Block:
        return Block(
            self.person[kept],
            self.at[kept],
            self.fact[kept],
            None if self.said_at is None else self.said_at[kept],
            None if self.mark is None else self.mark[kept],
            None if self.corrects is None else self.corrects[kept],
        )


@dataclass(slots=True)
class Gathering:
    """Columns that grow block by block; what is later than ``as_of`` is left out and counted."""

    problems: Problems
    as_of: int | None = None
    keep_said_at: bool = False
    known: Known = field(default_factory=Known)
    ignored: tuple[str, ...] = ()
    seen: int = 0
    later: int = 0
    count: int = 0
    blocks: list[Block] = field(default_factory=list)

    def add(self, block: Block) -> None:
        if self.as_of is not None:
            kept = block.at <= self.as_of
            self.later += len(kept) - int(kept.sum())
            block = block.only(kept)
        self.count += len(block.person)
        if len(block.person):
            self.blocks.append(block)

    def rows(self) -> Rows:
        """All of it, once; what was gathered is let go. Corrected rows are gone."""
        whole = Block(
            _joined([one.person for one in self.blocks], np.int32),
            _joined([one.at for one in self.blocks], np.int64),
            _joined([one.fact for one in self.blocks], np.int32),
            _all([one.said_at for one in self.blocks]),
            _all([one.mark for one in self.blocks]),
            _all([one.corrects for one in self.blocks]),
        )
        self.blocks.clear()
        facts = list(self.known.facts)
        whole = self._without_corrected(whole, facts)
        said_at = whole.said_at if whole.said_at is not None else np.zeros(0, np.bytes_)
        return Rows(list(self.known.people), facts, whole.person, whole.at, whole.fact, said_at)

    def _without_corrected(self, block: Block, facts: list[Fact]) -> Block:
        if block.mark is None or block.corrects is None:
            return block
        replaced = np.isin(block.mark, block.corrects[block.corrects != 0])
        values = np.fromiter((fact.value for fact in facts), np.int64, len(facts))
        kept = ~replaced & (values[block.fact] != WITHDRAWN)
        return block.only(kept)


def _joined[T: np.generic](parts: list[NDArray[T]], kind: type[T]) -> NDArray[T]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)


def _all[T: np.generic](parts: list[NDArray[T] | None]) -> NDArray[T] | None:
    """Joined where every block has it."""
    there = [part for part in parts if part is not None]
    return np.concatenate(there) if there and len(there) == len(parts) else None
