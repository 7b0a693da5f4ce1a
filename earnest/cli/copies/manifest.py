"""What a backup says of itself: when, by which version, and the digest of every table and file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import new as keyed_hash

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows, and the digest of all of them in the order of their key."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the backup."""

    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """Read first, written last."""

    made_at: str
    version: str
    database: str  # sqlite or postgresql
    database_version: str
    migrations: list[str]  # "people.0001_initial", as they were applied
    key: str  # which secret key this was made under; says nothing of the key itself
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read(data: bytes) -> Manifest:
    """Raises ValueError, KeyError or TypeError where it is no manifest of ours."""
    said = json.loads(data)
    if not isinstance(said["format"], int) or said["format"] > FORMAT:
        raise NewerFormat
    said["tables"] = {name: Table(**one) for name, one in said["tables"].items()}
    said["files"] = {name: Entry(**one) for name, one in said["files"].items()}
    return Manifest(**said)


class NewerFormat(ValueError):
    """Written by an Earnest that knows more than this one."""


def fingerprint(secret_key: str) -> str:
    """Tells two keys apart, and nothing of either: keyed by what has 32 characters or more."""
    return keyed_hash(secret_key.encode(), b"earnest backup", sha256).hexdigest()[:16]
