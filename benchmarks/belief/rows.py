"""Evidence as columns: person, at, kind, item, value; written to and read from the file's form."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.str_]

SAID, NODDED, AGREED, DID, SILENT = "said", "nodded", "agreed", "did", "silent"
KINDS = (SAID, NODDED, AGREED, DID, SILENT)
CONDITIONS = ("understands", "matters", "doable", "owns")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(NamedTuple):
    """One line of the file; `at` in days since 1970."""

    person: str
    at: float
    kind: str
    item: str
    value: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of equal length; a person's rows stand together, the earliest first."""

    person: Ints
    at: Floats
    kind: Words
    item: Words
    value: Ints

    def __len__(self) -> int:
        return len(self.at)

    @property
    def starts(self) -> Ints:
        """For each row, the number of its person's first row."""
        first = np.r_[True, self.person[1:] != self.person[:-1]]
        return np.maximum.accumulate(np.where(first, np.arange(len(self)), 0))

    @property
    def deeds(self) -> Flags:
        deeds: Flags = self.kind == DID
        return deeds

    @property
    def people(self) -> int:
        return len(np.unique(self.person))

    def of(self, chosen: Flags | Ints) -> Rows:
        return Rows(
            self.person[chosen],
            self.at[chosen],
            self.kind[chosen],
            self.item[chosen],
            self.value[chosen],
        )


def columns(rows: Iterable[Row]) -> Rows:
    """The same, sorted by person and time; rows of one moment keep the order they came in."""
    listed = list(rows)
    names = np.array([row.person for row in listed])
    _, person = np.unique(names, return_inverse=True)
    at = np.array([row.at for row in listed], dtype=float)
    order = np.lexsort((np.arange(len(listed)), at, person))
    return Rows(
        person[order].astype(np.int64),
        at[order],
        np.array([row.kind for row in listed])[order],
        np.array([row.item for row in listed])[order],
        np.array([row.value for row in listed], dtype=np.int64)[order],
    )


def write(rows: Rows, path: Path) -> None:
    """As `earnest stand` reads it. A time of day is written only where there is one."""
    with path.open("w", newline="") as file:
        written = csv.writer(file)
        written.writerow(("person", "at", "kind", "item", "value"))
        for person, at, kind, item, value in zip(
            rows.person, rows.at, rows.kind, rows.item, rows.value, strict=True
        ):
            written.writerow((f"p{person:06d}", moment(float(at)), kind, item, int(value)))


def moment(at: float) -> str:
    when = EPOCH + timedelta(days=at)
    return f"{when:%Y-%m-%d}" if at == int(at) else f"{when:%Y-%m-%dT%H:%M:%SZ}"
