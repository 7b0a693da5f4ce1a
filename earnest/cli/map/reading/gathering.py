"""Parts of a file → one vote of each voter on each statement, as sparse rows, in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.plain import Ints
from earnest.cli.map.reading.parts import NEVER, Part, Texts

DENSE = 64_000_000  # ids up to here are looked up in a table
CHUNK = 4_000_000

type Marked = NDArray[np.signedinteger]
type Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ballots:
    """P voters, S statements, V votes, at most one of a voter on a statement.

    Ids are in order: numbers rising, then texts; so no order of rows changes any answer. Voter p cast the
    votes starts[p] to starts[p + 1], by rising statement.
    """

    voters: list[str]
    statements: list[str]
    starts: NDArray[np.int64]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]
    rows: int  # read, of which the following were said again
    repeated: int = 0
    changed: int = 0
    contradicting: int = 0
    at: Ints | None = None  # (V,) when each was said, where that was asked for and is known

    @property
    def again(self) -> tuple[int, int, int]:
        """How many rows were said again: the same, another vote, and of these at one moment."""
        return self.repeated, self.changed, self.contradicting


@dataclass(frozen=True, slots=True)
class _Again:
    """Votes of voters on statements they voted on more than once: which counts."""

    places: Ints
    votes: NDArray[np.int8]
    repeated: int = 0
    changed: int = 0
    contradicting: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """Some rows, in the marks of the file."""

    voter: Marked
    statement: Marked
    vote: NDArray[np.int8]
    at: Ints | None


@dataclass(slots=True)
class Gathering:
    """Rows that grow part by part: about eight bytes a row, sixteen where each says when it was."""

    voters: Texts = field(default_factory=Texts)
    statements: Texts = field(default_factory=Texts)
    also_voters: set[int] = field(default_factory=set)  # who is named and has no vote
    also_statements: set[int] = field(default_factory=set)
    parts: list[Gathered] = field(default_factory=list)
    rows: int = 0
    keep_times: bool = False

    def add(self, part: Part) -> None:
        if len(part.vote):
            voter, statement = (
                self.voters.settled(part.voter),
                self.statements.settled(part.statement),
            )
            self.parts.append(Gathered(voter, statement, part.vote, part.at))
            self.rows += len(part.vote)

    def ballots(self) -> Ballots:
        """All of it, once; what was gathered is let go."""
        parts, self.parts = self.parts, []
        voters, voter = _coded([one.voter for one in parts], self.also_voters, self.voters)
        statements, statement = _coded(
            [one.statement for one in parts], self.also_statements, self.statements
        )
        votes, moments = [one.vote for one in parts], [one.at for one in parts]
        del parts
        rows = _Rows(voter, statement, votes, moments, len(statements))
        keys = _keys(rows)
        again = _last(rows, _said_again(keys))
        keys = _once(keys, again)
        at = _times(rows, keys) if self.keep_times else None
        del rows, voter, statement, votes, moments
        starts, which, value = _sparse(keys, again, len(voters), len(statements))
        counts = (again.repeated, again.changed, again.contradicting)
        return Ballots(voters, statements, starts, which, value, self.rows, *counts, at)


def ranked(marks: Ints, texts: Texts) -> tuple[list[str], Codes]:
    """The ids of these marks, which rise, in order: numbers before texts; and the place of each mark."""
    words = texts.names(marks[marks < 0].tolist())
    numbers = marks[marks >= 0]
    rank = np.empty(len(marks), np.int32)
    rank[sorted(range(len(words)), key=words.__getitem__)] = len(numbers) + np.arange(len(words))
    rank[len(words) :] = np.arange(len(numbers))
    return [*map(str, numbers.tolist()), *sorted(words)], rank


def _coded(parts: list[Marked], also: Iterable[int], texts: Texts) -> tuple[list[str], list[Codes]]:
    """The ids in order, and each part as places among them."""
    marks = _distinct(parts, np.fromiter(also, np.int64))
    names, rank = ranked(marks, texts)
    if len(marks) and marks[0] >= 0 and marks[-1] < DENSE:
        table = np.zeros(int(marks[-1]) + 1, np.int32)
        table[marks] = rank
        return names, [table[part] for part in parts]
    return names, [_looked_up(part, marks, rank) for part in parts]


def _looked_up(part: Marked, marks: Ints, rank: Codes) -> Codes:
    found, which = np.unique(part, return_inverse=True)
    return rank[np.searchsorted(marks, found)][which]


def _distinct(parts: Sequence[Marked], also: Ints) -> Ints:
    """All ids there are, rising."""
    low = min((int(part.min()) for part in parts), default=0)
    high = max((int(part.max()) for part in parts), default=0)
    if low < 0 or high >= DENSE:
        each = [np.unique(part).astype(np.int64) for part in parts]
        return np.unique(np.concatenate([also, *each]))
    there = np.zeros(high + 1 if parts else 0, bool)
    for part in parts:
        there[part] = True
    found = np.flatnonzero(there)
    return np.union1d(found, also) if len(also) else found


@dataclass(frozen=True, slots=True)
class _Rows:
    """All rows, in codes, part by part."""

    voter: list[Codes]
    statement: list[Codes]
    vote: list[NDArray[np.int8]]
    at: list[Ints | None]
    width: int  # statements

    def places(self, number: int) -> Ints:
        """One number for voter and statement, of a part."""
        found = self.voter[number].astype(np.int64)
        found *= self.width
        found += self.statement[number]
        return found


def _keys(rows: _Rows) -> Ints:
    """Voter, statement and vote in one number each, sorted: one plain sort does it all."""
    keys = np.empty(sum(map(len, rows.vote)), np.int64)
    first = 0
    for number, vote in enumerate(rows.vote):
        place = keys[first : first + len(vote)]
        np.left_shift(rows.places(number), 2, out=place)
        place |= vote + np.int8(1)
        first += len(vote)
    keys.sort()
    return keys


def _said_again(keys: Ints) -> Ints:
    """The places (voter and statement) that stand there more than once."""
    again = [np.zeros(0, np.int64)]
    for first in range(0, len(keys), CHUNK):
        places = keys[first : first + CHUNK + 1] >> 2
        again.append(places[1:][places[1:] == places[:-1]])
    return np.unique(np.concatenate(again))


def _last(rows: _Rows, again: Ints) -> _Again:
    """Of what was said more than once the last, by its moment, else by its row."""
    if not len(again):
        return _Again(again, np.zeros(0, np.int8))
    places, votes, moments = [], [], []
    for number, vote in enumerate(rows.vote):
        mine = rows.places(number)
        found = np.flatnonzero(again[np.searchsorted(again, mine).clip(max=len(again) - 1)] == mine)
        places.append(mine[found])
        votes.append(vote[found])
        at = rows.at[number]
        moments.append(np.full(len(found), NEVER) if at is None else at[found])
    place, vote, at = np.concatenate(places), np.concatenate(votes), np.concatenate(moments)
    order = np.lexsort((at, place))
    return _counted(again, place[order], vote[order], at[order])


def _counted(again: Ints, place: Ints, vote: NDArray[np.int8], at: Ints) -> _Again:
    """Rows in order: by place, and there as they were said."""
    same = place[1:] == place[:-1]
    other = vote[1:] != vote[:-1]
    last = np.append(~same, True)
    return _Again(
        again,
        vote[last],
        repeated=int((same & ~other).sum()),
        changed=int((same & other).sum()),
        contradicting=int((same & other & (at[1:] == at[:-1])).sum()),
    )


def _once(keys: Ints, again: _Again) -> Ints:
    """One key of each voter and statement."""
    if not len(again.places):
        return keys
    kept: Ints = keys[np.append(True, (keys[1:] >> 2) != (keys[:-1] >> 2))]
    return kept


def _times(rows: _Rows, keys: Ints) -> Ints | None:
    """When each was said: the last counts, so the latest of what was said there."""
    if all(at is None for at in rows.at):
        return None
    found = np.full(len(keys), NEVER)
    for number, at in enumerate(rows.at):
        if at is not None:
            place = np.searchsorted(keys, (rows.places(number) + 1) << 2) - 1
            np.maximum.at(found, place, at)
    return found


def _sparse(
    keys: Ints, again: _Again, people: int, width: int
) -> tuple[Ints, Codes, NDArray[np.int8]]:
    """Where each voter's votes start, on which statement each is, and what was said."""
    statement, value = np.empty(len(keys), np.int32), np.empty(len(keys), np.int8)
    for begin in range(0, len(keys), CHUNK):
        some = keys[begin : begin + CHUNK]
        statement[begin : begin + CHUNK] = (some >> 2) % max(width, 1)
        value[begin : begin + CHUNK] = (some & 3) - 1
    value[np.searchsorted(keys, again.places << 2)] = again.votes
    starts = np.searchsorted(keys, np.arange(people + 1, dtype=np.int64) * (width * 4))
    return starts.astype(np.int64), statement, value
