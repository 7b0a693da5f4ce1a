"""A block of CSV of some megabytes → its votes, cut out by NumPy: some fifty times as fast as by row.

What is not plain (blank lines, quotes inside a field, rows of another width, a vote that is none, an id
of spaces, a statement nobody knows) gives None, and is read row by row: so nothing reads differently,
and every bad row is named.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.plain import NEWLINE, Ints, Words, distinct, is_utf8, packed
from earnest.cli.map.reading.numbers import AHEAD, numbers, votes
from earnest.cli.map.reading.parts import Marks, Part, marks, narrow
from earnest.engine.opinion.exchange import Places
from earnest.engine.opinion.exchange.rows import LAST

WIDEST = 64  # a longer id is read exactly
RETURN = b"\r"


@dataclass(frozen=True, slots=True)
class Cells:
    """A block cut up: where each field of each row begins and ends."""

    data: bytes
    letters: NDArray[np.uint8]
    words: Words  # the eight bytes from each place on
    starts: list[Ints]  # by column, (rows,)
    ends: list[Ints]


def cut_votes(block: bytes, places: Places, known: Container[str] | None) -> Part | None:
    """All rows of the block, which has no quotes; None where any must be read exactly."""
    cells = _cut(block, places)
    if cells is None:
        return None
    vote = votes(cells.letters, cells.starts[places.vote], cells.ends[places.vote])
    at = _moments(cells, places) if vote is not None and places.at is not None else None
    if vote is None or (at is None and places.at is not None):
        return None
    statement = _ids(cells, places.statement)
    voter = _ids(cells, places.voter) if statement is not None else None
    if voter is None or statement is None or not _all_known(statement, known):
        return None
    return Part(voter, statement, vote, at)


def _cut(block: bytes, places: Places) -> Cells | None:
    data = bytes(AHEAD) + block + bytes(WIDEST + 8)
    letters = np.frombuffer(data, np.uint8)
    newline = letters == ord(NEWLINE)
    between = np.flatnonzero(newline | (letters == ord(places.delimiter)))
    rows, over = divmod(len(between), places.width)
    if over or b"\0" in block or np.count_nonzero(newline) != rows:
        return None
    table = between.reshape(rows, places.width)
    if not newline[table[:, -1]].all():
        return None
    ends = [np.ascontiguousarray(table[:, column]) for column in range(places.width)]
    begins = np.concatenate((np.array([AHEAD]), ends[-1][:-1] + 1))
    starts = [begins, *(end + 1 for end in ends[:-1])]
    if RETURN in block:
        returns = letters[ends[-1] - 1] == ord(RETURN)
        if block.count(RETURN) != np.count_nonzero(returns):
            return None
        ends[-1] = ends[-1] - returns
    words = np.ndarray((len(data) - 7,), np.dtype("<u8"), data, strides=(1,))
    return Cells(data, letters, words, starts, ends)


def _moments(cells: Cells, places: Places) -> Ints | None:
    column = places.at or 0
    at = numbers(cells.letters, cells.words, cells.starts[column], cells.ends[column])
    return None if at is None or (len(at) and int(at.max()) > LAST) else at


def _ids(cells: Cells, column: int) -> Marks | None:
    """Numbers where all are; else texts, each told apart once."""
    starts, ends = cells.starts[column], cells.ends[column]
    found = numbers(cells.letters, cells.words, starts, ends)
    if found is not None:
        return Marks(narrow(found))
    lengths = ends - starts
    if int(lengths.min()) < 1 or int(lengths.max()) > WIDEST:
        return None
    alike = distinct(packed(cells.words, starts, ends))
    if alike is None:
        return None
    first, which = alike
    return _texts(cells.data, starts[first], ends[first], which)


def _texts(data: bytes, starts: Ints, ends: Ints, which: Ints) -> Marks | None:
    each = [data[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    if not is_utf8(b"\n".join(each)):
        return None
    texts = [one.decode() for one in each]
    if any(text != text.strip() or text.startswith("'") for text in texts):
        return None
    found = marks(texts)
    return Marks(narrow(found.numbers[which]), found.texts)


def _all_known(statement: Marks, known: Container[str] | None) -> bool:
    """Whether all of these are among the comments."""
    if known is None:
        return True
    found = np.unique(statement.numbers).tolist()
    return all((str(one) if one >= 0 else statement.texts[-1 - one]) in known for one in found)
