"""CSV in blocks of some megabytes: columns cut out by NumPy, about ten times as fast as by row.

A block that is not plain (blank lines, single returns, bytes that are no UTF-8, rows of another
width) or holds a bad row is read row by row instead, and all that is left where a quote stands inside
a field: so nothing reads differently, and every bad row is named.
"""

from __future__ import annotations

import io
from collections.abc import Generator
from dataclasses import dataclass
from typing import IO, BinaryIO

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.plain import NEWLINE, Ints, Words, distinct, is_utf8, packed, unquoted
from earnest.cli.stand.calendar import read_moments
from earnest.cli.stand.exact import read_exactly
from earnest.cli.stand.header import Columns
from earnest.cli.stand.moments import read_moment
from earnest.cli.stand.rows import BAD_CODE, SEEN_CODE, Block, Gathering
from earnest.engine.rows import Bad

type Flags = NDArray[np.bool_]

SIZE = 4 * 1024 * 1024
WIDEST = 64  # a longer field is read exactly
ROW_TOO_LONG = 64 * SIZE
RETURN = b"\r"


def read_in_blocks(file: BinaryIO, columns: Columns, into: Gathering, line: int) -> Generator[int]:
    """Read to the end from where the file stands, which is this line; yields rows read so far."""
    rest = b""
    while data := file.read(SIZE):
        data = rest + data
        cut = data.rfind(NEWLINE) + 1
        block, rest = data[:cut], data[cut:]
        if unquoted(block, columns.delimiter) is None or len(rest) > ROW_TOO_LONG:
            yield from read_exactly(_text(file, len(data)), columns, into, line)
            return
        if block:
            line = yield from _read(block, columns, into, line)
    if rest:
        yield from read_exactly(_decoded(rest), columns, into, line)


def _text(file: BinaryIO, back: int) -> IO[str]:
    """The file as text from so many bytes back."""
    file.seek(-back, io.SEEK_CUR)
    return io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")


def _decoded(data: bytes) -> IO[str]:
    return io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")


def _read(block: bytes, columns: Columns, into: Gathering, line: int) -> Generator[int, None, int]:
    """Read one block; the line the next one begins on."""
    plain = unquoted(block, columns.delimiter)
    cells = _cut(plain, columns) if plain is not None else None
    good = _block(cells, into) if cells is not None else None
    if cells is not None and good is not None:
        into.seen += len(cells.starts) - len(good.person)
        into.add(good)
        yield len(cells.starts)
        return line + len(cells.starts)
    return (yield from read_exactly(_decoded(block), columns, into, line))


@dataclass(frozen=True, slots=True)
class Cells:
    """A block cut up: where each field of each row begins and ends."""

    columns: Columns
    data: bytes
    words: Words  # the eight bytes from each place on
    starts: Ints  # (rows, width)
    ends: Ints

    def texts(self, column: int, rows: Ints) -> list[str]:
        starts, ends = self.starts[rows, column].tolist(), self.ends[rows, column].tolist()
        return [self.data[a:b].decode() for a, b in zip(starts, ends, strict=True)]

    def packed(self, column: int, rows: Ints | None = None) -> Words:
        """(rows, words): a column as words of eight bytes, filled up with zeros."""
        starts, ends = self.starts[:, column], self.ends[:, column]
        if rows is not None:
            starts, ends = starts[rows], ends[rows]
        return packed(self.words, starts, ends)


def _cut(block: bytes, columns: Columns) -> Cells | None:
    """None where the block is not plain after all."""
    data = block + bytes(WIDEST + 8)
    letters = np.frombuffer(block, np.uint8)
    newlines = np.flatnonzero(letters == ord(NEWLINE))
    commas = np.flatnonzero(letters == ord(columns.delimiter))
    if len(commas) != len(newlines) * (columns.width - 1) or b"\0" in block:
        return None
    begins = np.concatenate(([0], newlines[:-1] + 1))
    returns = (newlines > 0) & (letters[newlines - 1] == ord(RETURN))
    if block.count(RETURN) != int(returns.sum()):
        return None
    between = commas.reshape(len(newlines), columns.width - 1)
    starts = np.column_stack((begins, between + 1))
    ends = np.column_stack((between, newlines - returns))
    if (ends < starts).any() or not is_utf8(block):
        return None
    words = np.ndarray((len(data) - 7,), np.dtype("<u8"), data, strides=(1,))
    needed = [columns.person, columns.at, columns.kind, columns.item, columns.value]
    if int((ends - starts)[:, needed].max()) > WIDEST:
        return None
    return Cells(columns, data, words, starts, ends)


def _block(cells: Cells, into: Gathering) -> Block | None:
    """The rows of a block that hold evidence; None where any is bad, so that it is named exactly."""
    fact = _facts(cells, into)
    if fact is None:
        return None
    rows = np.flatnonzero(fact != SEEN_CODE)
    letters = cells.packed(cells.columns.at, rows)
    at = _moments(cells, rows, letters)
    person = _people(cells, into, rows) if at is not None else None
    if at is None or person is None:
        return None
    said_at = letters.view(f"S{8 * letters.shape[1]}").ravel() if into.keep_said_at else None
    return Block(person, at, fact[rows], said_at)


def _facts(cells: Cells, into: Gathering) -> NDArray[np.int32] | None:
    columns = cells.columns
    found = distinct(
        np.hstack([cells.packed(one) for one in (columns.kind, columns.item, columns.value)])
    )
    if found is None:
        return None
    first, which = found
    texts = [cells.texts(one, first) for one in (columns.kind, columns.item, columns.value)]
    codes = np.array([into.known.code(*one) for one in zip(*texts, strict=True)], np.int32)
    return None if (codes == BAD_CODE).any() else codes[which]


def _moments(cells: Cells, rows: Ints, letters: Words) -> Ints | None:
    at, read = read_moments(letters.view(np.uint8))
    slow = np.flatnonzero(~read)
    texts = cells.texts(cells.columns.at, rows[slow])
    if any(text != text.strip() for text in texts):
        return None
    try:
        at[slow] = [read_moment(text) for text in texts]
    except Bad:
        return None
    return at


def _people(cells: Cells, into: Gathering, rows: Ints) -> NDArray[np.int32] | None:
    """Their codes, counted in the order they first appear."""
    found = distinct(cells.packed(cells.columns.person, rows))
    if found is None:
        return None
    first, which = found
    in_order = np.argsort(first)
    names = cells.texts(cells.columns.person, rows[first[in_order]])
    if not into.known.may_be(names):
        return None
    codes = np.empty(len(first), np.int32)
    codes[in_order] = [into.known.person(name) for name in names]
    return codes[which]
