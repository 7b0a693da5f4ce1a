"""A table on its way to a file: written beside, renamed when whole, so that no half of it is left."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO

from earnest.cli.stop import Stop

type Cell = str | float | int
QUOTED = frozenset(',"\r\n')


class Writing:
    """``with Writing(path, columns) as one: one.add(rows)``; kept only where ``keep`` was called."""

    def __init__(self, path: Path, columns: Mapping[str, type]) -> None:
        self.path = path
        self.count = 0
        self._columns = columns
        self._beside = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Writing:
        if not _is_device(self.path):
            self._beside = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            self._file = self._beside.open("wb")
        except OSError as error:
            raise Stop(f"{self.path}: {error.strerror or error}.") from error
        self._write(",".join(self._columns) + "\n")
        return self

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        lines = [",".join(map(_text, row)) for row in rows]
        self.count += len(lines)
        self._write("".join(f"{line}\n" for line in lines))

    def _write(self, text: str) -> None:
        assert self._file is not None
        try:
            self._file.write(text.encode())
        except OSError as error:
            raise Stop(f"{self.path}: {error.strerror or error}. Nothing was kept.") from error

    def keep(self) -> None:
        """Put it in its place."""
        assert self._file is not None
        try:
            self._file.flush()
            if self._beside != self.path:
                os.fsync(self._file.fileno())
                self._beside.replace(self.path)
        except OSError as error:
            raise Stop(f"{self.path}: {error.strerror or error}. Nothing was kept.") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
        if self._beside != self.path:
            self._beside.unlink(missing_ok=True)


def _is_device(path: Path) -> bool:
    """True for /dev/stdout and a pipe, which nothing is renamed over."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return repr(round(cell, 9))
    text = str(cell)
    if QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
