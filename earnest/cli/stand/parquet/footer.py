"""The end of a Parquet file: its columns, and where each is in every group of rows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from earnest.cli.stand.parquet.encodings import Unreadable
from earnest.cli.stand.parquet.pages import Chunk
from earnest.cli.stand.parquet.thrift import Fields, Reader

MAGIC = b"PAR1"
REQUIRED, OPTIONAL = 0, 1
DATE, MILLIS, MICROS, DECIMAL, UNSIGNED = (
    6,
    9,
    10,
    5,
    frozenset({11, 12, 13, 14}),
)  # converted types
LONGEST = 1 << 28


@dataclass(frozen=True, slots=True)
class Leaf:
    """A plain column: how it is stored, and what that means."""

    name: str
    kind: int
    size: int
    optional: bool
    meaning: str = ""  # date, ms, us, ns, unsigned, decimal
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Footer:
    """``leaves`` by name, only those that are one value a row; ``groups`` of rows, each with its
    number of rows and its chunks by name.
    """

    leaves: dict[str, Leaf]
    names: list[str]
    groups: list[tuple[int, dict[str, Chunk]]]


def read_footer(file: BinaryIO) -> Footer:
    file.seek(0, io.SEEK_END)
    length = file.tell()
    if length < 12:
        raise Unreadable("it is too short")
    file.seek(length - 8)
    end = file.read(8)
    size = int.from_bytes(end[:4], "little")
    if end[4:] != MAGIC:
        raise Unreadable("it is encrypted" if end[4:] == b"PARE" else "it does not end as one")
    if size > min(length - 8, LONGEST):
        raise Unreadable("its end is broken")
    file.seek(length - 8 - size)
    meta = Reader(file.read(size)).struct()
    names, leaves = _leaves(meta[2])
    return Footer(leaves, names, [_group(group, leaves) for group in meta.get(4, [])])


def _leaves(schema: list[Fields]) -> tuple[list[str], dict[str, Leaf]]:
    """Columns of the first level; what is nested or repeated has a name, but is not read."""
    names, leaves, place = [], {}, 1
    for _ in range(schema[0].get(5, 0)):
        element = schema[place]
        name = element[4].decode("utf-8", "replace").strip().lower()
        names.append(name)
        if not element.get(5) and element.get(3, REQUIRED) in {REQUIRED, OPTIONAL}:
            leaves[name] = _leaf(name, element)
        place = _after(schema, place)
    return names, leaves


def _after(schema: list[Fields], place: int) -> int:
    """Where the next element of the same level is."""
    left = 1
    while left:
        left += schema[place].get(5, 0) - 1
        place += 1
    return place


def _leaf(name: str, element: Fields) -> Leaf:
    logical, converted = element.get(10, {}), element.get(6)
    meaning = ""
    if 8 in logical:
        meaning = {1: "ms", 2: "us", 3: "ns"}[min(logical[8][2])]
    elif 6 in logical or converted == DATE:
        meaning = "date"
    elif converted in {MILLIS, MICROS}:
        meaning = "ms" if converted == MILLIS else "us"
    elif 5 in logical or converted == DECIMAL:
        meaning = "decimal"
    elif converted in UNSIGNED or not logical.get(10, {}).get(2, True):
        meaning = "unsigned"
    scale = logical.get(5, {}).get(1, element.get(7, 0))
    optional = element.get(3, REQUIRED) == OPTIONAL
    return Leaf(name, element[1], element.get(2, 0), optional, meaning, scale)


def _group(group: Fields, leaves: dict[str, Leaf]) -> tuple[int, dict[str, Chunk]]:
    chunks = {}
    for column in group[1]:
        meta = column.get(3)
        if meta is None or column.get(1):
            raise Unreadable("its columns are encrypted or in other files")
        name = meta[3][0].decode("utf-8", "replace").strip().lower()
        if len(meta[3]) == 1 and name in leaves:
            leaf = leaves[name]
            start = min(at for at in (meta.get(11), meta[9]) if at)
            chunks[name] = Chunk(
                leaf.kind, leaf.size, leaf.optional, meta[4], meta[5], start, meta[7]
            )
    return group[3], chunks
