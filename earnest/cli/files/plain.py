"""What blocks of CSV that are cut up by NumPy share: quotes taken off, texts told apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Words = NDArray[np.uint64]

QUOTE, NEWLINE = b'"', b"\n"
MASKS = np.array([(1 << 8 * kept) - 1 for kept in range(9)], np.uint64)
MIX = np.uint64(0x9E3779B97F4A7C15)


def unquoted(block: bytes, delimiter: str) -> bytes | None:
    """The block without quotes, where each pair of them stands around one whole field; else None."""
    if QUOTE not in block:
        return block
    letters = np.frombuffer(NEWLINE + block + NEWLINE, np.uint8)
    quotes = np.flatnonzero(letters == ord(QUOTE))
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    between = f"{delimiter}\r\n".encode()
    ends = np.isin(letters, np.frombuffer(between, np.uint8))
    inside = np.cumsum(ends)
    whole = ends[opening - 1] & ends[closing + 1] & (inside[opening] == inside[closing])
    return block.replace(QUOTE, b"") if whole.all() else None


def is_utf8(block: bytes) -> bool:
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


def packed(words: Words, starts: Ints, ends: Ints) -> Words:
    """(rows, words): fields as words of eight bytes, filled up with zeros; ``words`` are the eight
    bytes from each place of the block on."""
    lengths = ends - starts
    count = max(1, -(-int(lengths.max(initial=0)) // 8))
    found = np.empty((len(starts), count), np.uint64)
    for word in range(count):
        kept = np.clip(lengths - 8 * word, 0, 8)
        found[:, word] = words[starts + 8 * word] & MASKS[kept]
    return found


def distinct(fields: Words) -> tuple[Ints, Ints] | None:
    """The first row of each that differs, and which of them each row is; None if two share a hash."""
    mixed = np.zeros(len(fields), np.uint64)
    for word in fields.T:
        mixed = (mixed ^ word) * MIX
        mixed ^= mixed >> np.uint64(29)
    _, first, which = np.unique(mixed, return_index=True, return_inverse=True)
    return (first, which) if (fields[first][which] == fields).all() else None
