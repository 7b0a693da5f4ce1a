"""The whole command on many readings."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.effect.worlds import START

SIZES = ((10_000, 2), (1_000_000, 2), (1_000_000, 1_000))  # rows, groups


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one call."""

    rows: int
    groups: int
    file_mb: float
    seconds: float
    processor: float
    peak_mb: float


def measure(sizes: Sequence[tuple[int, int]] = SIZES) -> list[Cost]:
    with TemporaryDirectory(prefix="earnest-effect-") as folder:
        return [cost(rows, groups, Path(folder)) for rows, groups in sizes]


def cost(rows: int, groups: int, folder: Path) -> Cost:
    """In a process of its own."""
    path, out = folder / "measures.csv", folder / "effect.json"
    write(path, rows, groups)
    words = ["-m", "earnest", "effect", str(path), "--treated", "group 0", "--out", str(out)]
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *words, "--start", START.isoformat()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    if status:
        raise AssertionError(f"earnest effect ended with {status}")
    size = path.stat().st_size / 1e6
    return Cost(rows, groups, size, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def write(path: Path, rows: int, groups: int) -> None:
    days = rows // groups
    first = max(-(days // 2), 1 - START.toordinal())
    names = [(START + timedelta(first + one)).isoformat() for one in range(days)]
    chance = np.random.default_rng(4)
    with path.open("w") as file:
        file.write("group,at,value\n")
        for group in range(groups):
            value = chance.normal(20, 3, days).round(2).tolist()
            file.writelines(
                f"group {group},{day},{one}\n" for day, one in zip(names, value, strict=True)
            )
