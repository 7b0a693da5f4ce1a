"""A table on its way to a file: written beside, renamed when whole, so that no half of it is left."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from earnest.cli.stand.parquet.names import is_parquet
from earnest.cli.stand.parquet.write import ParquetTable
from earnest.cli.stop import Stop

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

    def __init__(self, path: Path, file: IO[bytes], columns: Mapping[str, type]) -> None:
        self.path = path
        self.count = 0
        self._file = file
        with in_words(path):
            kind = ParquetTable if is_parquet(path) else CsvTable
            self._table: Table = kind(file, columns)

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        some = [tuple(round(c, 9) if isinstance(c, float) else c for c in row) for row in rows]
        self.count += len(some)
        with in_words(self.path):
            self._table.add(some)

    def keep(self) -> None:
        with in_words(self.path):
            self._table.end()
            self._file.flush()
            beside = Path(self._file.name)
            if beside != self.path:
                os.fsync(self._file.fileno())
                beside.replace(self.path)


@contextmanager
def writing(path: Path, columns: Mapping[str, type]) -> Iterator[Writing]:
    """What is not kept leaves no trace; a device such as /dev/stdout is written straight."""
    device = path.exists() and not stat.S_ISREG(path.stat().st_mode)
    beside = path if device else path.with_name(f".{path.name}.{os.getpid()}.part")
    with in_words(path):
        file = beside.open("wb")
    try:
        with file:
            yield Writing(path, file, columns)
    finally:
        if not device:
            beside.unlink(missing_ok=True)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Stop(f"{path}: {error.strerror or error}. Nothing was kept.") from error
