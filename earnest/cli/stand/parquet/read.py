"""A Parquet file of evidence → rows of text, as a CSV file would hold them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

import numpy as np

from earnest.cli.stand.parquet.encodings import BOOLEAN, BYTE_ARRAY, FIXED, INT96, Unreadable
from earnest.cli.stand.parquet.footer import Footer, Leaf, read_footer
from earnest.cli.stand.parquet.pages import Decoded, read_chunk
from earnest.cli.stop import Stop

ROWS = 50_000
JULIAN_1970 = 2_440_588
BROKEN = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError, MemoryError,
    struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: the columns it has, and their rows some at a time."""

    file: BinaryIO
    footer: Footer

    @property
    def names(self) -> list[str]:
        return self.footer.names

    def rows(self, names: Sequence[str]) -> Iterator[list[list[str]]]:
        """Rows of these columns. Raises Stop where the file cannot be read."""
        with in_words():
            for name in names:
                if name not in self.footer.leaves:
                    raise Unreadable(f"column {name} holds more than one value a row")
            for count, chunks in self.footer.groups:
                columns = [
                    Column(self.footer.leaves[name], read_chunk(self.file, chunks[name]), count)
                    for name in names
                ]
                for first in range(0, count, ROWS):
                    texts = [column.texts(first, min(first + ROWS, count)) for column in columns]
                    yield [list(row) for row in zip(*texts, strict=True)]


def open_table(file: BinaryIO) -> Table:
    with in_words():
        return Table(file, read_footer(file))


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever a broken file brings about is one sentence."""
    try:
        yield
    except BROKEN as error:
        reason = str(error) if isinstance(error, Unreadable) else "it is broken"
        raise Stop(f"cannot be read as Parquet: {reason}.") from error
    except Exception as error:
        if type(error).__module__.startswith("cramjam"):
            raise Stop("cannot be read as Parquet: a page is broken.") from error
        raise


class Column:
    """One column of a group of rows, as text where it is wanted."""

    def __init__(self, leaf: Leaf, decoded: Decoded, count: int) -> None:
        if len(decoded.there) != count:
            raise Unreadable("its columns differ in length")
        self._leaf = leaf
        self._there = decoded.there
        self._place = np.cumsum(decoded.there)  # how many values up to each row
        self._decoded = decoded
        counts = [
            len(values) if places is None else len(places)
            for values, places in zip(decoded.values, decoded.places, strict=True)
        ]
        self._ends = np.cumsum(counts)
        self._known = None if decoded.dictionary is None else as_text(decoded.dictionary, leaf)

    def texts(self, first: int, last: int) -> list[str]:
        """The rows from first to before last; a row without a value is empty."""
        before = int(self._place[first - 1]) if first else 0
        values = self._values(before, int(self._place[last - 1]))
        there = self._there[first:last]
        if there.all():
            return values
        found = iter(values)
        return [next(found) if one else "" for one in there.tolist()]

    def _values(self, first: int, last: int) -> list[str]:
        out: list[str] = []
        page = int(np.searchsorted(self._ends, first, side="right"))
        while first < last:
            begins = int(self._ends[page - 1]) if page else 0
            upto = min(last, int(self._ends[page]))
            out += self._of_page(page, first - begins, upto - begins)
            first, page = upto, page + 1
        return out

    def _of_page(self, page: int, first: int, last: int) -> list[str]:
        places = self._decoded.places[page]
        if places is None:
            return as_text(self._decoded.values[page][first:last], self._leaf)
        known = self._known or []
        return [known[place] for place in places[first:last].tolist()]


def as_text(values: Any, leaf: Leaf) -> list[str]:
    """Values as a person would write them into a CSV file."""
    if leaf.meaning == "decimal":
        return [_decimal(value, leaf.scale) for value in _listed(values)]
    if leaf.kind in {BYTE_ARRAY, FIXED}:
        return [_bytes(value, leaf) for value in values]
    if leaf.kind == INT96:
        return _moments(np.array([_int96(value) for value in values], np.int64), "us")
    if leaf.kind == BOOLEAN:
        return ["1" if value else "0" for value in values.tolist()]
    if leaf.meaning in {"date", "ms", "us", "ns"}:
        return _moments(values.astype(np.int64), leaf.meaning)
    if leaf.meaning == "unsigned":
        values = values.view(values.dtype.str.replace("i", "u"))
    return [str(value) for value in values.tolist()]


def _listed(values: Any) -> list[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else list(values)


def _decimal(value: Any, scale: int) -> str:
    number = int.from_bytes(value, "big", signed=True) if isinstance(value, bytes) else int(value)
    return str(Decimal(number).scaleb(-scale))


def _bytes(value: bytes, leaf: Leaf) -> str:
    return value.hex() if leaf.kind == FIXED else value.decode("utf-8", "surrogateescape")


def _int96(value: bytes) -> int:
    """Microseconds: nanoseconds of a day, and the day as astronomers count them."""
    nanos, day = struct.unpack("<qi", value)
    return int((day - JULIAN_1970) * 86_400_000_000 + nanos // 1000)


def _moments(values: Any, unit: str) -> list[str]:
    if unit == "date":
        return np.datetime_as_string(values.astype("datetime64[D]")).tolist()  # type: ignore[no-any-return]
    moments = values.astype(f"datetime64[{unit}]").astype("datetime64[us]")
    said: list[str] = np.datetime_as_string(moments).tolist()
    return [one.removesuffix(".000000") + "Z" for one in said]
