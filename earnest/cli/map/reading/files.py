"""A file of votes, of any of its forms → what is gathered of it and what is bad."""

from __future__ import annotations

import io
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

import numpy as np

from earnest.cli.files.plain import NEWLINE, unquoted
from earnest.cli.files.problems import Problems
from earnest.cli.map.reading.cut import cut_votes
from earnest.cli.map.reading.gathering import Gathering
from earnest.cli.map.reading.parts import NEVER, Part, marks
from earnest.cli.stop import Stop
from earnest.engine.opinion.exchange import (
    Participant,
    Places,
    Problem,
    Unreadable,
    Vote,
    is_matrix,
    places_of_votes,
    read_header,
    read_matrix,
    rows_of_votes,
)

COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LONGEST_HEADER = 16 * 1024 * 1024  # a matrix names every statement there
LONGEST_ROW = 64 * 1024 * 1024
BLOCK = 2 * 1024 * 1024
ROWS = 50_000  # of a part that is read exactly
THREADS = 2  # NumPy lets go of Python's lock, so two of them read twice as fast


@dataclass(slots=True)
class Reading:
    """A file of votes being read. ``known`` are the statements there are, where comments are given."""

    path: Path
    into: Gathering
    problems: Problems
    known: Container[str] | None = None
    groups: dict[str, str] = field(default_factory=dict)  # Polis' own, in its matrix

    def parts(self) -> Iterator[int]:
        """Read it all; yields how many bytes were read since. Raises Stop."""
        try:
            with self.path.open("rb") as file:
                yield from self._parts(file)
        except OSError as error:
            raise Stop(f"{self.path}: {error.strerror or error}.") from error
        except (Unreadable, UnicodeError) as error:
            raise Stop(f"{self.path}: {error}") from error

    def _parts(self, file: BinaryIO) -> Iterator[int]:
        text, begins = as_text(file)
        if text is None:
            file.seek(len(UTF8_MARK) if begins.startswith(UTF8_MARK) else 0)
            line = file.readline(LONGEST_HEADER)
            header = read_header(line.decode("utf-8", "replace"))
            plain = line.count(b'"') % 2 == 0 and b"\r" not in line.rstrip(b"\r\n")
            if plain and not is_matrix(header):
                return self._blocks(file, places_of_votes(header))
            file.seek(0)
            text = text_of(file)
        return self._text(text)

    def _text(self, text: IO[str]) -> Iterator[int]:
        """Any file Python can read as text, row by row."""
        line = text.readline(LONGEST_HEADER)
        header = read_header(line)
        if is_matrix(header):
            return self._matrix(text, line)
        return self._exactly(text, places_of_votes(header), 2)

    def _matrix(self, text: IO[str], line: str) -> Iterator[int]:
        rows = read_matrix(_with_first(line, text), known=self.known)
        some: list[Vote] = []
        for one in rows:
            if isinstance(one, Problem):
                self.problems.add(one.line, one.reason)
                continue
            self._participant(one)
            some.extend(Vote(one.id, what, vote) for what, vote in one.votes)
            if len(some) >= ROWS:
                yield self._take(some)
                some.clear()
        yield self._take(some)

    def _participant(self, one: Participant) -> None:
        if one.id in self.groups:
            self.problems.add(one.line, f"participant {one.id} stands there twice.")
        self.groups[one.id] = one.group
        self.into.also_voters.add(self.into.voters.mark(one.id))

    def _exactly(self, text: Iterable[str], places: Places, line: int) -> Iterator[int]:
        some: list[Vote] = []
        for one in rows_of_votes(text, places, known=self.known, line=line):
            if isinstance(one, Problem):
                self.problems.add(one.line, one.reason)
                continue
            some.append(one)
            if len(some) == ROWS:
                yield self._take(some)
                some.clear()
        yield self._take(some)

    def _take(self, rows: list[Vote]) -> int:
        at = None
        if any(one.at is not None for one in rows):
            at = np.array([NEVER if one.at is None else one.at for one in rows], np.int64)
        votes = np.array([one.vote for one in rows], np.int8)
        voter, statement = (
            marks([one.voter for one in rows]),
            marks([one.statement for one in rows]),
        )
        self.into.add(Part(voter, statement, votes, at))
        return len(rows) * 12

    def _blocks(self, file: BinaryIO, places: Places) -> Iterator[int]:
        """Block by block on two threads, in the order of the file."""
        line = 2
        with ThreadPoolExecutor(THREADS) as threads:
            for begin, block, reading in _ahead(_cut(file), threads, places, self.known):
                plain, part = reading.result()
                if not plain:  # a quoted field may go on beyond its line, and beyond the block
                    file.seek(begin)
                    yield from self._exactly(text_of(file), places, line)
                    return
                if part is not None:
                    self.into.add(part)
                else:
                    yield from self._exactly(_decoded(block), places, line)
                line += block.count(NEWLINE)
                yield len(block)


def _read_block(
    block: bytes, places: Places, known: Container[str] | None
) -> tuple[bool, Part | None]:
    """Whether its quotes can be taken off, and its votes unless they must be read exactly."""
    plain = unquoted(block, places.delimiter)
    return plain is not None, cut_votes(plain, places, known) if plain else None


type Ahead = Iterator[tuple[int, bytes, Future[tuple[bool, Part | None]]]]


def _ahead(
    blocks: Iterator[tuple[int, bytes]],
    threads: ThreadPoolExecutor,
    places: Places,
    known: Container[str] | None,
) -> Ahead:
    """Each block with what becomes of it, a few ahead of the one that is wanted."""
    waiting: list[tuple[int, bytes, Future[tuple[bool, Part | None]]]] = []
    for begin, block in blocks:
        waiting.append((begin, block, threads.submit(_read_block, block, places, known)))
        if len(waiting) > 2 * THREADS:
            yield waiting.pop(0)
    yield from waiting


def _cut(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Blocks of whole lines from where the file stands, each with where it begins."""
    begin, rest = file.tell(), b""
    while data := file.read(BLOCK):
        data = rest + data
        cut = data.rfind(NEWLINE) + 1
        if cut:
            yield begin, data[:cut]
        begin, rest = begin + cut, data[cut:]
        if len(rest) > LONGEST_ROW:
            raise Unreadable(f"a line is longer than {LONGEST_ROW:,} bytes.")
    if rest:
        yield begin, rest + NEWLINE


def as_text(file: BinaryIO) -> tuple[IO[str] | None, bytes]:
    """As text where only that can be: UTF-16, or a pipe; and how the file begins. Raises Unreadable."""
    begins = file.peek(8)[:8] if isinstance(file, io.BufferedReader) else b""
    if begins.startswith(COMPRESSED):
        raise Unreadable("it is compressed; unpack it first.")
    if begins.startswith(UTF16_MARKS):
        return io.TextIOWrapper(file, "utf-16", "surrogateescape", newline=""), begins
    return (None if file.seekable() else text_of(file)), begins


def text_of(file: BinaryIO) -> IO[str]:
    return io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="")


def _decoded(data: bytes) -> IO[str]:
    return io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")


def _with_first(line: str, text: IO[str]) -> Iterator[str]:
    yield line
    yield from text
