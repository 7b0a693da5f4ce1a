"""A Parquet file of evidence → rows of text, as a CSV file would hold them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from earnest.cli.stop import Stop

MAGIC, LOCKED = b"PAR1", b"PARE"
SHORTEST = 12
DECODE = Path(__file__).with_name("decode.py")
BROKEN = "it is broken, or written in a way that is not known"


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: the columns it has, and the rows of those asked for."""

    names: list[str]
    nested: list[str]  # the columns of more than one value a row
    process: subprocess.Popen[bytes]
    lines: IO[bytes]

    def rows(self, names: Sequence[str]) -> Iterator[list[list[str]]]:
        """Rows of these columns, the first of those asked for. Raises Stop where they cannot be read."""
        for name in names:
            if name in self.nested:
                raise _unreadable(f"column {name} holds more than one value a row")
        for line in self.lines:
            columns = _told(line)[: len(names)]
            yield [list(row) for row in zip(*columns, strict=True)]
        if self.process.wait():
            raise _unreadable(BROKEN)


@contextmanager
def open_table(file: BinaryIO, asked: Sequence[str]) -> Iterator[Table]:
    """The file, of whose columns those asked for are read where they are there."""
    _check_end(file)
    process = subprocess.Popen(  # noqa: S603 -- this Python, and a file of ours
        [sys.executable, "-P", str(DECODE), *asked],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what Rust says of a panic
    )
    try:
        lines = process.stdout or io.BytesIO()
        with lines:
            head = _told(lines.readline())
            yield Table(head["names"], head["nested"], process, lines)
    finally:
        process.kill()
        process.wait()


def _check_end(file: BinaryIO) -> None:
    """What is most often wrong, in words: a file cut short, or one that is locked."""
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - len(MAGIC)))
    end = file.read(len(MAGIC))
    if end == LOCKED:
        raise _unreadable("it is encrypted")
    if end != MAGIC or length < SHORTEST:
        raise _unreadable("it does not end as one, and may be cut short")


def _told(line: bytes) -> Any:
    """A line of what is decoded; the last may be cut short where the file is broken."""
    if not line.endswith(b"\n"):
        raise _unreadable(BROKEN)
    return json.loads(line)


def _unreadable(reason: str) -> Stop:
    return Stop(f"cannot be read as Parquet: {reason}.")
