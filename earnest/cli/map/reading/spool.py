"""Rows of votes kept on disk: the same ballots where there are more rows than memory holds.

Rows go to one file as they are read, then to a file for each range of voters; each range is sorted in
memory and added to the sparse matrix, which stays on disk and is mapped into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.plain import Ints
from earnest.cli.map.reading.gathering import Ballots, Gathered, Gathering, ranked
from earnest.cli.map.reading.parts import NEVER, Part

ROW = np.dtype([("voter", "<i8"), ("statement", "<i8"), ("at", "<i8"), ("vote", "i1")])
READ = 2_000_000  # rows read back at a time
SORTED = 16_000_000  # rows of a range of voters, about: under a gigabyte while they are sorted
TOGETHER = 64  # parts whose ids are told apart at once

type Rows = NDArray[Any]


@dataclass(slots=True, kw_only=True)
class Spool(Gathering):
    """What ``Gathering`` is, in a folder, which must stay as long as the ballots are used."""

    folder: Path
    marks: list[Ints] = field(default_factory=list)  # of voters
    known: set[int] = field(default_factory=set)  # of statements

    def add(self, part: Part) -> None:
        if not len(part.vote):
            return
        rows = np.empty(len(part.vote), ROW)
        rows["voter"] = self.voters.settled(part.voter)
        rows["statement"] = self.statements.settled(part.statement)
        rows["at"] = NEVER if part.at is None else part.at
        rows["vote"] = part.vote
        with (self.folder / "rows").open("ab") as file:
            file.write(rows.tobytes())
        self.rows += len(rows)
        self.known.update(np.unique(rows["statement"]).tolist())
        self.marks.append(np.unique(rows["voter"]))
        if len(self.marks) > TOGETHER:
            self.marks = [np.unique(np.concatenate(self.marks))]

    def ballots(self) -> Ballots:
        """All of it, its columns mapped from the folder."""
        also = np.fromiter(self.also_voters, np.int64)
        marks = np.unique(np.concatenate([also, *self.marks]))
        voters, rank = ranked(marks, self.voters)
        count = _spread(self.folder, marks, rank)
        order = np.empty(len(marks), np.int64)
        order[rank] = marks
        some = [
            self._range(number, order[first:last])
            for number, (first, last) in enumerate(_ranges(self.folder, count))
        ]
        return self._joined(voters, some)

    def _range(self, number: int, voters: Ints) -> Ballots:
        """The ballots of some voters: their two columns go to the files, and are let go."""
        part = Gathering(self.voters, self.statements, set(voters.tolist()), set())
        part.also_statements = self.known | self.also_statements
        path = self.folder / f"range-{number}"
        for rows in _read(path) if path.exists() else ():
            columns = (np.ascontiguousarray(rows[one]) for one in ("voter", "statement", "vote"))
            voter, statement, vote = columns
            part.parts.append(Gathered(voter, statement, vote, np.ascontiguousarray(rows["at"])))
            part.rows += len(rows)
        path.unlink(missing_ok=True)
        found = part.ballots()
        for name, column in (("statement", found.statement), ("value", found.value)):
            with (self.folder / name).open("ab") as file:
                file.write(column.tobytes())
        nothing = np.zeros(0, np.int32), np.zeros(0, np.int8)
        return Ballots([], found.statements, found.starts, *nothing, found.rows, *found.again)

    def _joined(self, voters: list[str], some: Sequence[Ballots]) -> Ballots:
        ends = np.cumsum([0, *(int(one.starts[-1]) for one in some)])
        starts = [one.starts[:-1] + end for one, end in zip(some, ends[:-1], strict=True)]
        again = np.sum([one.again for one in some], axis=0).tolist()
        return Ballots(
            voters,
            some[0].statements,
            np.append(np.concatenate(starts), ends[-1]),
            np.memmap(self.folder / "statement", np.int32, "r"),
            np.memmap(self.folder / "value", np.int8, "r"),
            self.rows,
            *again,
        )


def _read(path: Path) -> Iterator[Rows]:
    with path.open("rb") as file:
        while data := file.read(READ * ROW.itemsize):
            yield np.frombuffer(data, ROW)


def _spread(folder: Path, marks: Ints, rank: NDArray[np.int32]) -> Ints:
    """Rows of each voter, by place; the place stands with each row from now on."""
    count = np.zeros(len(marks), np.int64)
    with (folder / "places").open("wb") as file:
        for rows in _read(folder / "rows"):
            place = rank[np.searchsorted(marks, rows["voter"])]
            count += np.bincount(place, minlength=len(marks))
            file.write(place.tobytes())
    return count


def _ranges(folder: Path, count: Ints) -> list[tuple[int, int]]:
    """Ranges of voters of about so many rows each, a file for each; what was read goes there."""
    number = (np.cumsum(count) - count) // SORTED
    _, firsts = np.unique(number, return_index=True)
    ranges = list(zip(firsts.tolist(), [*firsts[1:].tolist(), len(count)], strict=True))
    of = np.repeat(np.arange(len(ranges)), [last - first for first, last in ranges])
    with (folder / "places").open("rb") as places:
        for rows in _read(folder / "rows"):
            mine = of[np.frombuffer(places.read(4 * len(rows)), np.int32)]
            for one in np.unique(mine).tolist():
                with (folder / f"range-{one}").open("ab") as file:
                    file.write(rows[mine == one].tobytes())
    for name in ("rows", "places"):
        (folder / name).unlink()
    return ranges
