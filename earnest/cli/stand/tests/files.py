"""Files of evidence for the tests, and reading them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from earnest.cli.files.problems import Problems
from earnest.cli.stand.moments import write_moment
from earnest.cli.stand.reading import Reading
from earnest.cli.stand.rows import Gathering, Rows

HEADER = "person,at,kind,item,value"


class Row(NamedTuple):
    person: str
    at: str
    kind: str
    item: str
    value: int


def written(folder: Path, *lines: str, header: str = HEADER, name: str = "evidence.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n")
    return path


def read(path: Path, as_of: int | None = None) -> tuple[Rows, Problems]:
    reading = Reading(path, Gathering(Problems(path), as_of, keep_said_at=True))
    for _ in reading.parts():
        pass
    return reading.into.rows(), reading.into.problems


def told(rows: Rows) -> list[Row]:
    """The rows one by one, in the file's order."""
    return [
        Row(rows.people[person], write_moment(int(at)), *rows.facts[fact])
        for person, at, fact in zip(rows.person, rows.at, rows.fact, strict=True)
    ]


def reasons(path: Path) -> list[tuple[int, str]]:
    return read(path)[1].first
