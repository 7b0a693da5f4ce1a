"""The votes of a conversation as sparse rows: one voter after another, never a dense matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

AGREE: Final = 1
DISAGREE: Final = -1
PASS: Final = 0
SPARSE, FEW = 8, 1024  # numbers lie close together: at most so many to a row, and some more
_ROOMY: Final = 16  # cells to a vote, up to which writing each to its cell is faster than sorting
_WORD: Final = 63  # bits of a whole number without its sign

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]
type Bools = NDArray[np.bool_]
type Groups = NDArray[np.int8]
type Ids = Sequence[Any] | NDArray[Any]


class BadVotes(ValueError):
    """Votes that cannot be; ``sentence`` says why, for whoever wrote the file."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Votes:
    """V votes of P voters on S statements, at most one of a voter on a statement.

    ``voters`` (P,) and ``statements`` (S,) are their ids, of any one type; ``starts`` (P + 1,): voter p
    has the votes starts[p] to starts[p + 1], by rising statement; ``statement`` (V,) points into
    ``statements``; ``value`` (V,) is +1 agree, −1 disagree, 0 pass.
    """

    voters: NDArray[Any]
    statements: NDArray[Any]
    starts: NDArray[np.int64]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]

    @property
    def people(self) -> int:
        """P, the number of voters."""
        return len(self.starts) - 1

    @property
    def width(self) -> int:
        """S, the number of statements."""
        return len(self.statements)

    @property
    def cast(self) -> NDArray[np.int64]:
        """How many votes each voter cast, (P,)."""
        return np.diff(self.starts)

    def block(self, first: int, last: int) -> Votes:
        """The voters ``first`` to ``last`` (not included), on the same statements; nothing is copied."""
        rows = slice(self.starts[first], self.starts[last])
        starts = self.starts[first : last + 1] - self.starts[first]
        return Votes(
            self.voters[first:last],
            self.statements,
            starts,
            self.statement[rows],
            self.value[rows],
        )

    def blocks(self, votes: int) -> Iterator[Votes]:
        """All voters, in blocks of about so many votes each; one empty block where there is nobody."""
        first = 0
        if not self.people:
            yield self
        while first < self.people:
            upto = int(np.searchsorted(self.starts, self.starts[first] + votes, "right")) - 1
            last = max(upto, first + 1)
            yield self.block(first, last)
            first = last


def votes_from_rows(
    voter: Ids,
    statement: Ids,
    value: ArrayLike,
    *,
    voters: Ids | None = None,
    statements: Ids | None = None,
) -> Votes:
    """Votes from three columns of ids and values, in the order they were cast: the last one of a voter on
    a statement counts.

    ``voters`` and ``statements`` give all ids in the order wanted, also of those without a vote; without
    them the ids found are used, rising. Raises BadVotes for columns of unequal length, a value that is
    not −1, 0 or 1, or an id that is not among those given.
    """
    given = np.atleast_1d(np.asarray(value))
    if not len(voter) == len(statement) == len(given):
        raise BadVotes("The columns of voters, statements and votes differ in length.")
    voter_ids, voter_codes = _coded(voter, voters, "voter")
    statement_ids, statement_codes = _coded(statement, statements, "statement")
    return votes_from_codes(
        voter_codes, statement_codes, given, voters=voter_ids, statements=statement_ids
    )


def votes_from_codes(
    voter: NDArray[Any],
    statement: NDArray[Any],
    value: NDArray[Any],
    *,
    voters: NDArray[Any],
    statements: NDArray[Any],
) -> Votes:
    """The same where voter and statement are already whole numbers from 0 pointing into ``voters`` and
    ``statements``; for tens of millions of rows. Rows already in the order of voters and statements cost
    less."""
    _check(voter, len(voters), "voter")
    _check(statement, len(statements), "statement")
    _check_values(value)
    kept = _last_of_each(voter, statement, len(statements))
    cast = np.bincount(voter[kept], minlength=len(voters))
    starts = np.zeros(len(voters) + 1, np.int64)
    np.cumsum(cast, out=starts[1:])
    numbers, answers = statement[kept].astype(np.int32), value[kept].astype(np.int8)
    return Votes(voters, statements, starts, numbers, answers)


def _coded(ids: Ids, among: Ids | None, what: str) -> tuple[NDArray[Any], Whole]:
    """All ids and, for each row, which of them it is."""
    if among is None:
        return _coded_by_number(ids) or _coded_by_order(ids)
    known = np.asarray(among)
    codes = _places_by_number(ids, known)
    if codes is not None:
        return known, codes
    places = {one: place for place, one in enumerate(known.tolist())}
    rows = np.asarray(ids).tolist() if isinstance(ids, np.ndarray) else list(ids)
    try:
        return known, np.array([places[one] for one in rows], np.int64)
    except KeyError as error:
        raise BadVotes(f"There is no {what} “{error.args[0]}”.") from None


def _coded_by_order(ids: Ids) -> tuple[NDArray[Any], Whole]:
    known, codes = np.unique(np.asarray(ids), return_inverse=True)
    return known, codes.astype(np.int64)


def _coded_by_number(ids: Ids) -> tuple[NDArray[Any], Whole] | None:
    """Where ids are numbers that lie close together, each is looked up: sorting them took most of a
    small map. None where they are not."""
    span = _close_span(ids)
    if span is None:
        return None
    above = _above(ids, span[0])
    seen = np.zeros(span[1] - span[0] + 1, bool)
    seen[above] = True
    places = np.cumsum(seen) - 1
    return (np.flatnonzero(seen) + span[0]).astype(np.asarray(ids).dtype), places[above]


def _places_by_number(ids: Ids, known: NDArray[Any]) -> Whole | None:
    """The same among ``known`` ones; None also where one is missing, for others to name it."""
    wanted, there = _close_span(ids), _close_span(known)
    if wanted is None or there is None or wanted[0] < there[0] or wanted[1] > there[1]:
        return None
    place = np.full(there[1] - there[0] + 1, -1, np.int64)
    place[_above(known, there[0])] = np.arange(len(known))
    codes: Whole = place[_above(ids, there[0])]
    return codes if (codes >= 0).all() else None


def _close_span(ids: Ids) -> tuple[int, int] | None:
    """The lowest and the highest, of whole numbers that lie close together."""
    if not (isinstance(ids, np.ndarray) and ids.dtype.kind == "i" and ids.size):
        return None
    low, high = int(ids.min()), int(ids.max())
    return (low, high) if high - low <= SPARSE * ids.size + FEW else None


def _above(ids: Ids, low: int) -> Whole:
    """How far above the lowest, wide enough that nothing runs over."""
    return np.asarray(ids).astype(np.int64, copy=False) - low


def _check(codes: NDArray[Any], most: int, what: str) -> None:
    if len(codes) and not (int(codes.min()) >= 0 and int(codes.max()) < most):
        raise BadVotes(f"A {what} is none of the {most} given.")


def _check_values(value: NDArray[Any]) -> None:
    if not len(value):
        return
    whole = value.dtype.kind == "i" and int(value.min()) >= -1 and int(value.max()) <= 1
    if not whole and not (
        np.issubdtype(value.dtype, np.number) and np.isin(value, (-1, 0, 1)).all()
    ):
        raise BadVotes("A vote is 1 (agree), -1 (disagree) or 0 (pass).")


def _last_of_each(voter: NDArray[Any], statement: NDArray[Any], width: int) -> Whole | slice:
    """The rows that count, by voter and statement."""
    key = voter.astype(np.int64) * max(width, 1) + statement
    if len(key) < 2 or (key[1:] > key[:-1]).all():
        return slice(None)
    cells = (int(voter.max()) + 1) * max(width, 1)
    if cells <= _ROOMY * len(key):
        return _last_by_place(key, cells)
    key, row = _sorted(key)
    kept: Whole = row[np.append(key[1:] != key[:-1], True)]
    return kept


def _last_by_place(key: Whole, cells: int) -> Whole:
    """The same where there are few more cells than votes: each row written to its cell, the last one stays,
    and no row is sorted."""
    last = np.full(cells, -1, np.int64)
    last[key] = np.arange(len(key))
    return last[np.flatnonzero(last >= 0)]


def _sorted(key: Whole) -> tuple[Whole, Whole]:
    """Keys rising, and where each stood; equal ones in their order.

    Key and row fit one word nearly always; sorting such words is several times faster.
    """
    bits = len(key).bit_length()
    if int(key.max()).bit_length() + bits > _WORD:
        row = np.argsort(key, kind="stable")
        return key[row], row
    both = (key << bits) | np.arange(len(key))
    both.sort()
    return both >> bits, both & ((1 << bits) - 1)
