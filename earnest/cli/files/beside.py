"""A file written beside its place and renamed when it is whole, so that no half of it is left."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from earnest.cli.stop import Stop


@dataclass(frozen=True, slots=True)
class Beside:
    """A file being written; it is in its place only once ``keep`` was called."""

    path: Path
    file: IO[bytes]

    def keep(self) -> None:
        with in_words(self.path):
            self.file.flush()
            beside = Path(self.file.name)
            if beside != self.path:
                os.fsync(self.file.fileno())
                beside.replace(self.path)


@contextmanager
def beside(path: Path) -> Iterator[Beside]:
    """What is not kept leaves no trace; a device such as /dev/stdout is written straight."""
    device = path.exists() and not stat.S_ISREG(path.stat().st_mode)
    part = path if device else path.with_name(f".{path.name}.{os.getpid()}.part")
    with in_words(path):
        file = part.open("wb")
    try:
        with file:
            yield Beside(path, file)
    finally:
        if not device:
            part.unlink(missing_ok=True)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Stop(f"{path}: {error.strerror or error}. Nothing was kept.") from error
