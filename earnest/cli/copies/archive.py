"""The file of a backup: written beside and renamed when whole; read back and checked.

At its very end, as the comment of the zip, stands the SHA-256 of everything before: whatever bit of
it changes, it is noticed.
"""

from __future__ import annotations

import fcntl
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from earnest.cli.copies import manifest
from earnest.cli.copies.manifest import Entry, Manifest
from earnest.cli.stop import Stop

CHUNK = 1 << 20
PART = ".earnest-part"
SAID = b"earnest sha256 "
DIGEST = 64
DAMAGED = "is damaged, or no backup of Earnest"


class Damaged(Stop):
    """The file is not what was written."""


def room_beside(target: Path, *, suffix: str = "") -> Path:
    """A name for a file not yet whole, in the same folder; what died unfinished there goes."""
    for left in target.parent.glob(f".*{PART}*"):
        _drop_if_dead(left)
    return target.parent / f".{target.name}.{os.getpid()}{suffix}{PART}"


def _drop_if_dead(left: Path) -> None:
    """Whoever writes one holds a lock on it, which goes with its process."""
    with suppress(OSError), left.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left.unlink()


def open_private(path: Path) -> IO[bytes]:
    """A new file for this user alone, held as long as it is open."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    file = os.fdopen(handle, "w+b")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


class Writing:
    """A backup while it is written. Left by an error, nothing of it stays."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = room_beside(target)
        self.files: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        self._file = open_private(self.part)
        self._zip = zipfile.ZipFile(
            self._file, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=3
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with suppress(OSError, ValueError):
            self._zip.close()
        self._file.close()
        self.part.unlink(missing_ok=True)

    def add(self, name: str, chunks: Iterable[bytes]) -> Entry:
        """One file, a piece at a time."""
        digest, size = sha256(), 0
        info = zipfile.ZipInfo(name)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        self.files[name] = Entry(size, digest.hexdigest())
        return self.files[name]

    def finish(self, said: Manifest) -> None:
        """Seal it, read all of it back from the disk, and only then give it its name."""
        said.files = dict(self.files)
        self._zip.writestr(manifest.NAME, said.as_json())
        self._zip.comment = SAID + b"0" * DIGEST
        self._zip.close()
        self._seal()
        check(self.part)
        os.link(self.part, self.target)  # never over a file that is there
        sync_folder(self.target.parent)

    def _seal(self) -> None:
        self._file.flush()
        end = self._file.seek(0, os.SEEK_END) - DIGEST
        digest = _digest_of(self._file, end)
        self._file.seek(end)
        self._file.write(digest.encode())
        self._file.flush()
        os.fsync(self._file.fileno())


def _digest_of(file: IO[bytes], size: int) -> str:
    digest = sha256()
    file.seek(0)
    while size > 0 and (chunk := file.read(min(CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """The name of a file lasts only once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check(path: Path) -> Manifest:
    """Every byte of it. Raises Damaged, or Stop where it cannot be read by this version."""
    with _opened(path) as file:
        size = file.seek(0, os.SEEK_END) - DIGEST
        file.seek(max(size, 0))
        if size < 0 or file.read() != _digest_of(file, size).encode():
            raise Damaged(f"{path} {DAMAGED}: its digest does not fit.")
    with opened(path) as (whole, said):
        if set(whole.namelist()) != {*said.files, manifest.NAME}:
            raise Damaged(f"{path} {DAMAGED}: other files are in it than it says.")
        for name, entry in said.files.items():
            _compare(path, whole, name, entry)
    return said


def _compare(path: Path, whole: zipfile.ZipFile, name: str, entry: Entry) -> None:
    digest, size = sha256(), 0
    for chunk in pieces(whole, name):
        digest.update(chunk)
        size += len(chunk)
    if (size, digest.hexdigest()) != (entry.size, entry.sha256):
        raise Damaged(f"{path} {DAMAGED}: {name} is not as it was written.")


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The file and what it says of itself. Raises Damaged, or Stop."""
    try:
        with _opened(path) as file, zipfile.ZipFile(file) as whole:
            yield whole, manifest.read(whole.read(manifest.NAME))
    except manifest.NewerFormat as error:
        raise Stop(f"{path} was written by a newer Earnest. Install that version first.") from error
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError) as error:
        raise Damaged(f"{path} {DAMAGED}.") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise Stop(f"{path}: {error.strerror}.") from error
    with file:
        yield file


def pieces(whole: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with whole.open(name) as file:
        while chunk := file.read(CHUNK):
            yield chunk
