"""A table of text and numbers → Parquet: plain values, zstd, a group of rows a batch."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import IO, Any

import numpy as np

from earnest.cli.stand.parquet import encodings
from earnest.cli.stand.parquet.footer import MAGIC, REQUIRED
from earnest.cli.stand.parquet.pages import DATA, ZSTD
from earnest.cli.stand.parquet.thrift import BINARY, I32, I64, LIST, STRUCT, Written, packed

KINDS = {str: encodings.BYTE_ARRAY, int: encodings.INT64, float: encodings.DOUBLE}
LEVEL = 3


class ParquetTable:
    """Writes groups of rows as they come, and the footer at the end."""

    def __init__(self, file: IO[bytes], columns: Mapping[str, type]) -> None:
        self._file = file
        self._columns = columns
        self._groups: list[Written] = []
        self._place = 0
        self._count = 0
        self._put(MAGIC)

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        chunks, size = [], 0
        for (name, kind), values in zip(
            self._columns.items(), zip(*rows, strict=True), strict=True
        ):
            chunk, weighs = self._chunk(name, kind, values)
            chunks.append(chunk)
            size += weighs
        self._count += len(rows)
        self._groups.append([(1, LIST, (STRUCT, chunks)), (2, I64, size), (3, I64, len(rows))])

    def _chunk(self, name: str, kind: type, values: Sequence[Any]) -> tuple[Written, int]:
        import cramjam

        plain = _plain(kind, values)
        body = bytes(cramjam.zstd.compress(plain, level=LEVEL))
        page: Written = [
            (1, I32, len(values)),
            (2, I32, encodings.PLAIN),
            (3, I32, encodings.RLE),
            (4, I32, encodings.RLE),
        ]
        head = packed(
            [(1, I32, DATA), (2, I32, len(plain)), (3, I32, len(body)), (5, STRUCT, page)]
        )
        start = self._place
        self._put(head + body)
        meta: Written = [
            (1, I32, KINDS[kind]),
            (2, LIST, (I32, [encodings.PLAIN, encodings.RLE])),
            (3, LIST, (BINARY, [name.encode()])),
            (4, I32, ZSTD),
            (5, I64, len(values)),
            (6, I64, len(head) + len(plain)),
            (7, I64, len(head) + len(body)),
            (9, I64, start),
        ]
        return [(2, I64, start), (3, STRUCT, meta)], len(head) + len(plain)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._place += len(data)

    def end(self) -> None:
        root: Written = [(4, BINARY, b"schema"), (5, I32, len(self._columns))]
        leaves = [_element(name, kind) for name, kind in self._columns.items()]
        footer = packed(
            [
                (1, I32, 1),
                (2, LIST, (STRUCT, [root, *leaves])),
                (3, I64, self._count),
                (4, LIST, (STRUCT, self._groups)),
                (6, BINARY, b"Earnest"),
            ]
        )
        self._put(footer + struct.pack("<I", len(footer)) + MAGIC)


def _element(name: str, kind: type) -> Written:
    element: Written = [(1, I32, KINDS[kind]), (3, I32, REQUIRED), (4, BINARY, name.encode())]
    if kind is str:
        return [*element, (6, I32, 0), (10, STRUCT, [(1, STRUCT, [])])]  # text in UTF-8
    return element


def _plain(kind: type, values: Sequence[Any]) -> bytes:
    if kind is not str:
        return np.array(values, "<i8" if kind is int else "<f8").tobytes()
    texts = [value.encode() for value in values]
    return b"".join(struct.pack("<I", len(text)) + text for text in texts)
