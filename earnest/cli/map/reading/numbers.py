"""Whole numbers in a block of bytes, many at once: eight digits by three multiplications.

The method is the well-known one for eight ASCII digits in a 64-bit word (Lemire, *Quickly parsing eight
digits*, 2018), here over arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.plain import Ints, Words

AHEAD = 16  # so many bytes stand before a block, so that a word may begin before its first field
LONGEST = 16  # digits
ZERO, MINUS = ord("0"), ord("-")
_ZEROS = np.uint64(0x3030303030303030)
# By how many digits of the word belong to the number: its last bytes kept, zeros in the others' place.
_KEEP = np.array([((1 << 64) - 1) ^ ((1 << 8 * (8 - n)) - 1) for n in range(9)], np.uint64)
_FILL = _ZEROS & ~_KEEP
_HIGH, _SIX = np.uint64(0xF0F0F0F0F0F0F0F0), np.uint64(0x0606060606060606)
_NIBBLES = np.uint64(0x0F0F0F0F0F0F0F0F)
_PAIRS, _FOURS = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0000FFFF0000FFFF)
_BY_10, _BY_100, _BY_10000 = (np.uint64(10**n * 2 ** (8 * n) + 1) for n in (1, 2, 4))
_8, _16, _32 = np.uint64(8), np.uint64(16), np.uint64(32)


def numbers(letters: NDArray[np.uint8], words: Words, starts: Ints, ends: Ints) -> Ints | None:
    """The numbers written there; None where any field is none, or not as a number is written (a sign, a
    zero in front, more than 16 digits)."""
    lengths = ends - starts
    if not len(lengths):
        return np.zeros(0, np.int64)
    shortest, longest = int(lengths.min()), int(lengths.max())
    if shortest < 1 or longest > LONGEST:
        return None
    if longest > 1 and ((letters[starts] == ZERO) & (lengths > 1)).any():
        return None
    found = _eight(words, ends, np.minimum(lengths, 8))
    if found is not None and longest > 8:
        above = _eight(words, ends - 8, np.clip(lengths - 8, 0, 8))
        found = None if above is None else found + above * np.uint64(10**8)
    return None if found is None else found.view(np.int64)


def _eight(words: Words, ends: Ints, lengths: Ints) -> Words | None:
    """The number in the last digits, at most eight, before each end."""
    word = words[ends - 8]
    word &= _KEEP[lengths]
    word |= _FILL[lengths]
    high = (word + _SIX) & _HIGH
    high |= word & _HIGH
    if (high != _ZEROS).any():
        return None
    word &= _NIBBLES
    for factor, shift, mask in (
        (_BY_10, _8, _PAIRS),
        (_BY_100, _16, _FOURS),
        (_BY_10000, _32, None),
    ):
        word *= factor
        word >>= shift
        if mask is not None:
            word &= mask
    return word


def votes(letters: NDArray[np.uint8], starts: Ints, ends: Ints) -> NDArray[np.int8] | None:
    """1, 0 and -1; None where any field is none of these."""
    last = letters[ends - 1] - np.uint8(ZERO)
    lengths = ends - starts
    one = lengths == 1
    minus = (lengths == 2) & (letters[starts] == MINUS) & (last == 1)
    if not ((one & (last <= 1)) | minus).all():
        return None
    return np.where(minus, np.int8(-1), last.view(np.int8))
