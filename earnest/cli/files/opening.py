"""A text file opened whatever wrote it: its marks taken off, what is no text refused, no line endless."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from earnest.cli.stop import Stop

COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LONGEST_LINE = 1_000_000


def open_text(path: Path) -> IO[str]:
    """Raises Stop for what is compressed; bytes that are no UTF-8 stay what they are."""
    file = path.open("rb")
    begins = file.peek(8)[:8]
    if begins.startswith(COMPRESSED):
        file.close()
        raise Stop(f"{path}: it is compressed; unpack it first.")
    encoding = "utf-16" if begins.startswith(UTF16_MARKS) else "utf-8-sig"
    return io.TextIOWrapper(file, encoding, "surrogateescape", newline="")


def lines(text: IO[str], path: Path) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise Stop(f"{path}: line {number:,} is longer than {LONGEST_LINE:,} characters.")
        yield line
