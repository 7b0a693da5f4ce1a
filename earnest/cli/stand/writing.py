"""A table on its way to a file, CSV or Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from earnest.cli.files.beside import Beside, beside, in_words
from earnest.cli.stand.parquet.names import is_parquet
from earnest.cli.stand.parquet.write import ParquetTable

type Cell = str | float | int
QUOTED = frozenset(',"\r\n')


class Table(Protocol):
    """What a file is written through."""

    def add(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Some rows more."""

    def end(self) -> None:
        """All rows are there."""


class CsvTable:
    """A first line of names, then a line a row."""

    def __init__(self, file: IO[bytes], columns: Mapping[str, type]) -> None:
        self._file = file
        self._file.write(",".join(columns).encode() + b"\n")

    def add(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        self._file.write("".join(f"{','.join(map(_text, row))}\n" for row in rows).encode())

    def end(self) -> None:
        self._file.flush()


def _text(cell: Cell) -> str:
    text = repr(cell) if isinstance(cell, float) else str(cell)
    if QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


class Writing:
    """A table being written; it is in its place only once ``keep`` was called."""

    def __init__(self, place: Beside, columns: Mapping[str, type]) -> None:
        self.path = place.path
        self.count = 0
        self._place = place
        with in_words(self.path):
            kind = ParquetTable if is_parquet(self.path) else CsvTable
            self._table: Table = kind(place.file, columns)

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        some = [tuple(round(c, 9) if isinstance(c, float) else c for c in row) for row in rows]
        self.count += len(some)
        with in_words(self.path):
            self._table.add(some)

    def keep(self) -> None:
        with in_words(self.path):
            self._table.end()
        self._place.keep()


@contextmanager
def writing(path: Path, columns: Mapping[str, type]) -> Iterator[Writing]:
    """What is not kept leaves no trace; a device such as /dev/stdout is written straight."""
    with beside(path) as place:
        yield Writing(place, columns)
