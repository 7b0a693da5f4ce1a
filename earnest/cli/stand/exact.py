"""CSV row by row: whatever the standard library's reader takes, each bad row by its line."""

from __future__ import annotations

import _csv
import csv
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np

from earnest.cli.stand.calendar import read_moments
from earnest.cli.stand.facts import read_fact
from earnest.cli.stand.header import Columns
from earnest.cli.stand.moments import LONGEST, read_moment
from earnest.cli.stand.rows import BAD_CODE, SEEN_CODE, Block, Gathering, Ints, check_name
from earnest.engine.rows import Bad

ROWS = 50_000
type Line = tuple[int, list[str] | Bad]  # the line a row begins on, its fields or what is wrong


def read_exactly(
    file: IO[str], columns: Columns, into: Gathering, line: int
) -> Generator[int, None, int]:
    """Read to the end from where the file stands, which is this line; yields how many rows were
    read since, returns the line after the last.
    """
    taking = Taking(columns, into)
    reader = csv.reader(file, delimiter=columns.delimiter, strict=True)
    for rows in _in_parts(reader, line):
        taking.take(rows)
        yield len(rows)
    return line + reader.line_num


def _in_parts(reader: _csv.Reader, line: int) -> Iterator[list[Line]]:
    rows: list[Line] = []
    while True:
        first = line + reader.line_num
        row: list[str] | Bad | None
        try:
            row = next(reader, None)
        except csv.Error as error:
            row = Bad(f"this is no CSV: {error}.")
        if row:
            rows.append((first, row))
        if row is None or len(rows) == ROWS:
            yield rows
            rows = []
        if row is None:
            return


@dataclass(slots=True)
class One:
    """The columns of a block as they grow."""

    person: list[int]
    at: list[int]
    fact: list[int]
    said_at: list[str]
    mark: list[int]
    corrects: list[int]


class Taking:
    """Turns rows of text into a block, and names those that are bad."""

    def __init__(self, columns: Columns, into: Gathering) -> None:
        self._columns = columns
        self._into = into
        self._moments: dict[str, int] = {}

    def take(self, rows: Sequence[Line]) -> None:
        block = self._at_once([row for _, row in rows if isinstance(row, list)])
        if block is not None and len(rows) == len(block.person):
            self._into.add(block)
            return
        self._one_by_one(rows)

    def _at_once(self, rows: list[list[str]]) -> Block | None:
        """Column by column, three times as fast; None where any row is out of the ordinary."""
        columns, known = self._columns, self._into.known
        if columns.id is not None or {len(row) for row in rows} != {columns.width}:
            return None
        texts = list(zip(*rows, strict=True))
        facts = known.codes(texts[columns.kind], texts[columns.item], texts[columns.value])
        times = _moments(texts[columns.at]) if facts is not None else None
        if facts is None or times is None or not known.may_be(texts[columns.person]):
            return None
        said_at = np.array(texts[columns.at], np.bytes_) if self._into.keep_said_at else None
        person = np.array([known.person(name) for name in texts[columns.person]], np.int32)
        return Block(person, times, facts, said_at)

    def _one_by_one(self, rows: Sequence[Line]) -> None:
        good = One([], [], [], [], [], [])
        for line, row in rows:
            try:
                self._add(row, good)
            except Bad as bad:
                self._into.problems.add(line, str(bad))
        self._into.add(self._block(good))

    def _add(self, row: list[str] | Bad, good: One) -> None:
        if isinstance(row, Bad):
            raise row
        columns, known = self._columns, self._into.known
        if len(row) != columns.width:
            raise Bad(f"{len(row)} fields, but the first line names {columns.width}.")
        name = row[columns.person]
        corrects = row[columns.corrects].strip() if columns.corrects is not None else ""
        kind, item, value = row[columns.kind], row[columns.item], row[columns.value]
        fact = known.code(kind, item, value, corrects=bool(corrects))
        if fact == SEEN_CODE:
            self._into.seen += 1
            return
        if fact == BAD_CODE:
            read_fact(kind, item, value, corrects=bool(corrects))  # says why
        at = self._moment(row[columns.at])
        check_name(name)
        person = known.person(name)
        good.person.append(person)
        good.at.append(at)
        good.fact.append(fact)
        if self._into.keep_said_at:
            good.said_at.append(row[columns.at].strip())
        if columns.id is not None:
            mark = row[columns.id].strip()
            good.mark.append(marked(person, mark))
            good.corrects.append(marked(person, corrects))

    def _moment(self, text: str) -> int:
        found = self._moments.get(text)
        if found is None:
            found = read_moment(text)
            if len(self._moments) < ROWS:
                self._moments[text] = found
        return found

    def _block(self, good: One) -> Block:
        marks = self._columns.id is not None
        return Block(
            np.array(good.person, np.int32),
            np.array(good.at, np.int64),
            np.array(good.fact, np.int32),
            np.array(good.said_at, np.bytes_) if self._into.keep_said_at else None,
            np.array(good.mark, np.int64) if marks else None,
            np.array(good.corrects, np.int64) if marks else None,
        )


def _moments(texts: Sequence[str]) -> Ints | None:
    """All of them, where all are plain."""
    joined = "".join(texts)
    if not joined.isascii() or "\0" in joined or len(max(texts, key=len)) > LONGEST:
        return None
    padded = np.array(texts, np.bytes_)
    at, read = read_moments(padded.view(np.uint8).reshape(len(texts), -1))
    return at if read.all() else None


def marked(person: int, name: str) -> int:
    """A number for a person's row of this id; 0 for none. Two ids share one by no chance that counts."""
    return hash((person, name)) or 1 if name else 0
