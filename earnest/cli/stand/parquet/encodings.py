"""The ways Parquet writes values down → NumPy arrays, or lists of bytes."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from earnest.cli.stand.parquet.thrift import Reader

BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED = range(8)
PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED = 0, 2, 3, 4
DELTA_BINARY, DELTA_LENGTH, DELTA_BYTES, RLE_DICTIONARY, SPLIT = 5, 6, 7, 8, 9
WIDTHS = {INT32: "<i4", INT64: "<i8", FLOAT: "<f4", DOUBLE: "<f8"}
type Whole = NDArray[np.int64]
type Values = NDArray[Any] | list[bytes]


class Unreadable(ValueError):
    """What a file holds that is not read here, in words."""


def hybrid(data: bytes, width: int, count: int) -> Whole:
    """Runs and packed bits: levels, and places in a dictionary."""
    out = np.zeros(count, np.int64)
    if width > 32:
        raise Unreadable("places wider than 32 bits")
    reader, filled = Reader(data), 0
    while filled < count and width:
        head = reader.varint()
        if head & 1:
            size = (head >> 1) * width
            values = bits(data[reader.place : reader.place + size], width)[: count - filled]
        else:
            size = (width + 7) // 8
            value = int.from_bytes(data[reader.place : reader.place + size], "little")
            values = np.full(min(head >> 1, count - filled), value, np.int64)
        if not len(values):
            raise Unreadable("a page that is cut short")
        reader.place += size
        out[filled : filled + len(values)] = values
        filled += len(values)
    return out


def bits(data: bytes, width: int) -> Whole:
    """Numbers of so many bits each, the lowest first."""
    unpacked = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
    whole = len(unpacked) // width * width
    columns = unpacked[:whole].reshape(-1, width).astype(np.uint64)
    places = np.left_shift(np.uint64(1), np.arange(width, dtype=np.uint64))
    return (columns * places).sum(axis=1, dtype=np.uint64).astype(np.int64)


def decode(encoding: int, kind: int, data: bytes, count: int, *, size: int = 0) -> Values:
    """So many values of a physical type; ``size`` is that of a fixed-length one."""
    if encoding == PLAIN:
        return plain(kind, data, count, size)
    if encoding == RLE and kind == BOOLEAN:
        return hybrid(data[4:], 1, count).astype(bool)
    if encoding == DELTA_BINARY and kind in {INT32, INT64}:
        return delta(Reader(data)).astype(WIDTHS[kind])[:count]
    if encoding in {DELTA_LENGTH, DELTA_BYTES} and kind in {BYTE_ARRAY, FIXED}:
        return (delta_length if encoding == DELTA_LENGTH else delta_bytes)(Reader(data))[:count]
    if encoding == SPLIT and (kind in WIDTHS or kind == FIXED):
        wide = size if kind == FIXED else int(WIDTHS[kind][-1])
        joined = np.frombuffer(data, np.uint8, count * wide).reshape(wide, count).T.tobytes()
        return plain(kind, joined, count, size)
    raise Unreadable(f"encoding {encoding}")


def plain(kind: int, data: bytes, count: int, size: int = 0) -> Values:
    if kind in WIDTHS:
        return np.frombuffer(data, WIDTHS[kind], count)
    if kind == BOOLEAN:
        return bits(data, 1)[:count].astype(bool)
    if kind == BYTE_ARRAY:
        return _byte_arrays(data, count)
    wide = 12 if kind == INT96 else size
    if not wide or len(data) < wide * count:
        raise Unreadable("a page that is cut short")
    return [data[at : at + wide] for at in range(0, wide * count, wide)]


def _byte_arrays(data: bytes, count: int) -> list[bytes]:
    out, place, length = [], 0, struct.Struct("<I").unpack_from
    for _ in range(count):
        size = length(data, place)[0]
        place += 4 + size
        out.append(data[place - size : place])
    if place > len(data):
        raise Unreadable("a page that is cut short")
    return out


def delta(reader: Reader) -> Whole:
    """Differences from one to the next, in packed blocks."""
    block, minis, total = reader.varint(), reader.varint(), reader.varint()
    first = reader.zigzag()
    each = block // minis if minis else 0
    if total > 1 and not each:
        raise Unreadable("a page that is cut short")
    steps: list[Whole] = [np.array([first], np.int64)]
    found = 1
    while found < total:
        least = reader.zigzag()
        widths = reader.data[reader.place : reader.place + minis]
        reader.place += minis
        for width in widths:
            if found >= total:
                break
            size = each * width // 8
            packed = reader.data[reader.place : reader.place + size]
            reader.place += size
            values = bits(packed, width)[:each] if width else np.zeros(each, np.int64)
            if not len(values):
                raise Unreadable("a page that is cut short")
            steps.append((values + least)[: total - found])
            found += len(steps[-1])
    return np.cumsum(np.concatenate(steps))[:total]


def delta_length(reader: Reader) -> list[bytes]:
    lengths = delta(reader)
    ends = reader.place + np.cumsum(lengths)
    starts = ends - lengths
    return [reader.data[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


def delta_bytes(reader: Reader) -> list[bytes]:
    """Each begins like the one before it, for so many bytes."""
    shared, before, out = delta(reader).tolist(), b"", []
    for count, rest in zip(shared, delta_length(reader), strict=True):
        before = before[:count] + rest
        out.append(before)
    return out
