"""Some rows of votes as columns, and the ids in them as numbers.

An id that is written as a whole number is that number. Any other text is −1 − n: the n-th text of the
part, and once gathered the n-th of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.plain import Ints

NEVER = np.iinfo(np.int64).min  # when a vote was cast that says nothing of it: before all others
DIGITS = 18


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of rows: numbers, and −1 − n for the n-th of ``texts``."""

    numbers: NDArray[np.signedinteger]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, in the order of the file; ``at`` in milliseconds since 1970, where there is such a
    column."""

    voter: Marks
    statement: Marks
    vote: NDArray[np.int8]
    at: Ints | None = None


def number_of(text: str) -> int | None:
    """The number this id is; None where it is a text (with a zero in front it is one: 007 is not 7)."""
    if text.isascii() and text.isdigit() and len(text) <= DIGITS:
        return int(text) if text[0] != "0" or text == "0" else None
    return None


def marks(ids: Sequence[str]) -> Marks:
    """Of ids one by one."""
    texts: dict[str, int] = {}
    found = np.empty(len(ids), np.int64)
    for place, text in enumerate(ids):
        number = number_of(text)
        found[place] = -1 - texts.setdefault(text, len(texts)) if number is None else number
    return Marks(found, tuple(texts))


def narrow(found: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """In as few bytes as hold them: tens of millions of rows stay in memory."""
    low, high = (int(found.min()), int(found.max())) if len(found) else (0, 0)
    for kind in (np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return found.astype(kind)
    return found


@dataclass(slots=True)
class Texts:
    """The texts of a file, each with its place."""

    places: dict[str, int] = field(default_factory=dict)

    def settled(self, found: Marks) -> NDArray[np.signedinteger]:
        """The marks of a part as those of the file."""
        if not found.texts:
            return found.numbers
        places = np.array([-1 - self.place(text) for text in found.texts], np.int64)
        numbers = found.numbers.astype(np.int64)
        texts = numbers < 0
        numbers[texts] = places[-1 - numbers[texts]]
        return numbers

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))

    def mark(self, text: str) -> int:
        """Of one id."""
        number = number_of(text)
        return -1 - self.place(text) if number is None else number

    def names(self, found: Iterable[int]) -> list[str]:
        """The ids again."""
        texts = list(self.places)
        return [texts[-1 - one] if one < 0 else str(one) for one in found]
