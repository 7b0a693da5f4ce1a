"""A column of a row group: its pages, decompressed and decoded."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from earnest.cli.stand.parquet.encodings import (
    PLAIN_DICTIONARY,
    RLE,
    RLE_DICTIONARY,
    Unreadable,
    Values,
    decode,
    hybrid,
    plain,
)
from earnest.cli.stand.parquet.thrift import Fields, Reader

DATA, DICTIONARY, DATA_TWO = 0, 2, 3
NONE, SNAPPY, GZIP, BROTLI, ZSTD, LZ4_RAW = 0, 1, 2, 4, 6, 7
LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where a column of one row group is in the file, and how it is written."""

    kind: int
    size: int  # of a fixed-length value
    optional: bool
    codec: int
    count: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """A column: which rows have a value, and the values of these, perhaps by dictionary."""

    there: NDArray[np.bool_]
    values: list[Values]  # page by page
    dictionary: Values | None
    places: list[NDArray[np.int64] | None]  # page by page; None: the values stand there themselves


def read_chunk(file: BinaryIO, chunk: Chunk) -> Decoded:
    file.seek(chunk.start)
    data = file.read(chunk.length)
    found = Decoding(chunk)
    reader = Reader(data)
    while found.count < chunk.count:
        head = reader.struct()
        body = data[reader.place : reader.place + head[3]]
        reader.place += head[3]
        found.take(head, body)
    there = np.concatenate(found.there) if found.there else np.zeros(0, bool)
    return Decoded(there, found.values, found.dictionary, found.places)


class Decoding:
    """Takes page after page."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.count = 0
        self.there: list[NDArray[np.bool_]] = []
        self.values: list[Values] = []
        self.places: list[NDArray[np.int64] | None] = []
        self.dictionary: Values | None = None

    def take(self, head: Fields, body: bytes) -> None:
        if head[1] == DICTIONARY:
            data = decompressed(self.chunk.codec, body, head[2])
            self.dictionary = plain(self.chunk.kind, data, head[7][1], self.chunk.size)
        elif head[1] == DATA:
            self._take_one(head[5], decompressed(self.chunk.codec, body, head[2]))
        elif head[1] == DATA_TWO:
            self._take_two(head, body)

    def _take_one(self, page: Fields, data: bytes) -> None:
        count = page[1]
        there = np.ones(count, bool)
        if self.chunk.optional:
            if page[3] != RLE:
                raise Unreadable(f"levels in encoding {page[3]}")
            length = int.from_bytes(data[:4], "little")
            there = hybrid(data[4 : 4 + length], 1, count) == 1
            data = data[4 + length :]
        self._add(there, page[2], data)

    def _take_two(self, head: Fields, body: bytes) -> None:
        page = head[8]
        levels = page[5] + page[6]
        there = np.ones(page[1], bool)
        if self.chunk.optional:
            there = hybrid(body[page[6] : levels], 1, page[1]) == 1
        data = body[levels:]
        if page.get(7, True):
            data = decompressed(self.chunk.codec, data, head[2] - levels)
        self._add(there, page[4], data)

    def _add(self, there: NDArray[np.bool_], encoding: int, data: bytes) -> None:
        count = int(there.sum())
        self.count += len(there)
        self.there.append(there)
        if encoding not in {PLAIN_DICTIONARY, RLE_DICTIONARY}:
            values = decode(encoding, self.chunk.kind, data, count, size=self.chunk.size)
            if len(values) != count:
                raise Unreadable("a page that is cut short")
            self.values.append(values)
            self.places.append(None)
            return
        places = hybrid(data[1:], data[0], count) if count else np.zeros(0, np.int64)
        if self.dictionary is None or places.max(initial=-1) >= len(self.dictionary):
            raise Unreadable("a value that is not in its dictionary")
        self.places.append(places)
        self.values.append([])


def decompressed(codec: int, data: bytes, size: int) -> bytes:
    """The bytes of a page, which says itself how many they are."""
    import cramjam

    if not 0 <= size <= LARGEST:
        raise Unreadable("a page of an impossible size")
    if codec == NONE or not size:
        return data
    if codec == GZIP:
        return zlib.decompressobj(47).decompress(data, size)
    out = bytearray(size)
    if codec == SNAPPY:
        cramjam.snappy.decompress_raw_into(data, out)
    elif codec == ZSTD:
        cramjam.zstd.decompress_into(data, out)
    elif codec == BROTLI:
        cramjam.brotli.decompress_into(data, out)
    elif codec == LZ4_RAW:
        out[:] = bytes(cramjam.lz4.decompress_block(data, output_len=size))
    else:
        raise Unreadable(f"compression {codec}")
    return bytes(out)
