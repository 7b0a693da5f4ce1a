"""A file of evidence, CSV or Parquet → its rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from earnest.cli.stand.blocks import read_in_blocks
from earnest.cli.stand.exact import Taking, read_exactly
from earnest.cli.stand.header import NEEDED, OPTIONAL, Columns, find_columns, read_header
from earnest.cli.stand.parquet.names import is_parquet
from earnest.cli.stand.parquet.read import MAGIC, Table, open_table
from earnest.cli.stand.rows import Gathering
from earnest.cli.stop import Stop

COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LONGEST_HEADER = 1024 * 1024


@dataclass(slots=True)
class Reading:
    """A file being read: what is gathered of it, and what is bad."""

    path: Path
    into: Gathering

    def parts(self) -> Iterator[int]:
        """Read it all; yields after each part how many rows it had. Raises Stop."""
        try:
            with self.path.open("rb") as file:
                yield from self._parts(file)
        except OSError as error:
            raise Stop(f"{self.path}: {error.strerror or error}.") from error
        except Stop as stop:
            raise Stop(f"{self.path}: {stop}") from stop

    def _parts(self, file: BinaryIO) -> Iterator[int]:
        begins = file.peek(8)[:8] if isinstance(file, io.BufferedReader) else b""
        if begins.startswith(COMPRESSED):
            raise Stop("is compressed; unpack it first.")
        if begins.startswith(MAGIC) or is_parquet(self.path):
            return self._parquet(file)
        return self._csv(file, begins)

    def _csv(self, file: BinaryIO, begins: bytes) -> Iterator[int]:
        if begins.startswith(UTF16_MARKS) or not file.seekable():
            encoding = "utf-16" if begins.startswith(UTF16_MARKS) else "utf-8-sig"
            return self._all_exactly(
                io.TextIOWrapper(file, encoding, "surrogateescape", newline="")
            )
        file.seek(len(UTF8_MARK) if begins.startswith(UTF8_MARK) else 0)
        line = file.readline(LONGEST_HEADER)
        if line.count(b'"') % 2 or b"\r" in line.rstrip(b"\r\n"):
            file.seek(0)
            return self._all_exactly(
                io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")
            )
        columns = self._columns(line.decode("utf-8", "replace"))
        if columns.id is not None:  # rows may correct others: by row
            text = io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")
            return read_exactly(text, columns, self.into, 2)
        return read_in_blocks(file, columns, self.into, 2)

    def _all_exactly(self, text: IO[str]) -> Iterator[int]:
        """Any file Python can read as text; the header must fit on its first line."""
        columns = self._columns(text.readline(LONGEST_HEADER))
        return read_exactly(text, columns, self.into, 2)

    def _parquet(self, file: BinaryIO) -> Iterator[int]:
        if not file.seekable():
            raise Stop("Parquet is read from a file, not from a pipe.")
        self.into.problems.unit = "row"
        with open_table(file, [*NEEDED, *OPTIONAL]) as table:
            yield from self._table(table)

    def _table(self, table: Table) -> Iterator[int]:
        found = find_columns(table.names)
        self.into.ignored = found.ignored
        wanted = [*NEEDED, *(OPTIONAL if found.id is not None else ())]
        taking, count = Taking(find_columns(wanted), self.into), 0
        for rows in table.rows(wanted):
            taking.take(list(enumerate(rows, count + 1)))
            count += len(rows)
            yield len(rows)

    def _columns(self, line: str) -> Columns:
        if not line.strip():
            raise Stop(f"is empty; its first line should name {','.join(NEEDED)}.")
        columns = read_header(line.strip("\r\n"))
        self.into.ignored = columns.ignored
        return columns
