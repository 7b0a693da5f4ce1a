"""Thrift's compact protocol, as Parquet's metadata is written in: structs as {field number: value}."""

from __future__ import annotations

import struct
from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
type Fields = dict[int, Any]


class Reader:
    """Reads from some bytes; ``place`` is where it stands. Short data raises IndexError."""

    def __init__(self, data: bytes, place: int = 0) -> None:
        self.data = data
        self.place = place

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.place]
            self.place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
            if shift > 70:
                raise ValueError("a number without end")

    def zigzag(self) -> int:
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def struct(self) -> Fields:
        found: Fields = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self.zigzag()
            found[number] = kind == TRUE if kind in {TRUE, FALSE} else self._value(kind)
        return found

    def _byte(self) -> int:
        self.place += 1
        return self.data[self.place - 1]

    def _value(self, kind: int) -> Any:
        if kind in {I16, I32, I64}:
            return self.zigzag()
        if kind in {TRUE, FALSE, BYTE}:
            return self._byte()
        if kind == BINARY:
            return self._bytes(self.varint())
        if kind == DOUBLE:
            return struct.unpack("<d", self._bytes(8))[0]
        if kind == STRUCT:
            return self.struct()
        return self._many(kind)

    def _bytes(self, length: int) -> bytes:
        self.place += length
        if self.place > len(self.data):
            raise IndexError("cut short")
        return self.data[self.place - length : self.place]

    def _many(self, kind: int) -> Any:
        if kind in {LIST, SET}:
            head = self._byte()
            count = head >> 4 if head >> 4 < 15 else self.varint()
            return [self._value(head & 15) for _ in range(count)]
        if kind == MAP:
            count = self.varint()
            kinds = self._byte() if count else 0
            return [(self._value(kinds >> 4), self._value(kinds & 15)) for _ in range(count)]
        raise ValueError(f"no such type: {kind}")


# ---- writing: a struct is a list of (number, type, value), rising -------------------------------

type Written = list[tuple[int, int, Any]]


def packed(fields: Written) -> bytes:
    """A struct as bytes."""
    out = bytearray()
    before = 0
    for number, kind, value in fields:
        shown = (TRUE if value else FALSE) if kind == TRUE else kind
        out.append((number - before) << 4 | shown)
        before = number
        if kind != TRUE:
            out += _packed(kind, value)
    return bytes(out) + b"\0"


def _packed(kind: int, value: Any) -> bytes:
    if kind in {I16, I32, I64}:
        return _varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == BINARY:
        return _varint(len(value)) + bytes(value)
    if kind == STRUCT:
        return packed(value)
    inner, members = value  # a list: its type, and what is in it
    head = bytes([len(members) << 4 | inner]) if len(members) < 15 else bytes([0xF0 | inner])
    count = b"" if len(members) < 15 else _varint(len(members))
    return head + count + b"".join(_packed(inner, member) for member in members)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
