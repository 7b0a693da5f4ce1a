"""Many times at once: columns of characters → microseconds. What is not plain goes the slow way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from earnest.cli.stand.moments import FIRST, LAST

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]
type Letters = NDArray[np.uint8]

ZERO = ord("0")
SHAPES = 8  # so many ways of writing a time in one block are read fast
_SHAPE = re.compile(
    rb"0000-00-00"
    rb"(?:[T ](?P<time>00:00)(?P<seconds>:00)?(?:\.(?P<part>0{1,6}))?"
    rb"(?P<zone>Z|(?P<sign>[+-])00(?::?00)?)?)?"
)


def read_moments(letters: Letters) -> tuple[Ints, Flags]:
    """``letters`` (n, width), filled up with zero bytes → microseconds (n,), and which were read."""
    at = np.zeros(len(letters), np.int64)
    read = np.zeros(len(letters), bool)
    shapes = np.where((letters - ZERO) < 10, np.uint8(ZERO), letters)
    for shape, rows in _alike(shapes):
        found = _SHAPE.fullmatch(shape)
        if found is not None and not (found["part"] and not found["seconds"]):
            at[rows], read[rows] = _read(letters[rows], found)
    return at, read


def _alike(shapes: Letters) -> Iterator[tuple[bytes, Ints]]:
    """The first few shapes, and the rows of each."""
    left = np.arange(len(shapes))
    for _ in range(SHAPES):
        if not len(left):
            return
        shape = shapes[left[0]]
        same = (shapes[left] == shape).all(axis=1)
        yield shape.tobytes().rstrip(b"\0"), left[same]
        left = left[~same]


def _read(letters: Letters, shape: re.Match[bytes]) -> tuple[Ints, Flags]:
    """Rows of one shape: their moments, and whether the calendar has them."""

    def number(start: int, length: int) -> Ints:
        digits = letters[:, start : start + length].astype(np.int64) - ZERO
        return digits @ (10 ** np.arange(length - 1, -1, -1))

    days, ok = _days(number(0, 4), number(5, 2), number(8, 2))
    seconds = np.zeros(len(letters), np.int64)
    part = np.zeros(len(letters), np.int64)
    if shape["time"]:
        hour, minute = number(11, 2), number(14, 2)
        second = number(17, 2) if shape["seconds"] else seconds
        ok &= (hour < 24) & (minute < 60) & (second < 60)
        seconds = hour * 3600 + minute * 60 + second
    if shape["part"]:
        part = number(*_span(shape, "part")) * 10 ** (6 - len(shape["part"]))
    if shape["sign"]:
        away, there = _offset(shape, number)
        seconds, ok = seconds - away, ok & there
    at = (days * 86_400 + seconds) * 1_000_000 + part
    return at, ok & (at >= FIRST) & (at <= LAST)


def _span(shape: re.Match[bytes], name: str) -> tuple[int, int]:
    start, end = shape.span(name)
    return start, end - start


def _offset(shape: re.Match[bytes], number: Callable[[int, int], Ints]) -> tuple[Ints, Flags]:
    """Seconds ahead of UTC."""
    start, length = _span(shape, "zone")
    hour = number(start + 1, 2)
    minute = number(start + length - 2, 2) if length > 3 else np.zeros_like(hour)
    ahead = hour * 3600 + minute * 60
    return (ahead if shape["sign"] == b"+" else -ahead), (hour < 24) & (minute < 60)


def _days(year: Ints, month: Ints, day: Ints) -> tuple[Ints, Flags]:
    """Days since 1970, and whether there is such a day."""
    ok = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    months = (year - 1970) * 12 + np.where(ok, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + day - 1, ok & (first + day - 1 < after)
