"""Which files are Parquet, by their names. Loads nothing."""

from __future__ import annotations

from pathlib import Path

ENDINGS = frozenset({".parquet", ".pq"})


def is_parquet(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS
