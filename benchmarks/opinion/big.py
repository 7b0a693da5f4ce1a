"""``earnest map`` on conversations of any size: CSV in, JSON out, the whole process measured.

    python -m benchmarks.opinion.big                    # 1,000,000 × 1,000 with 50 million votes
    python -m benchmarks.opinion.big --sizes            # and a quarter and a sixteenth of it

A conversation is made up with a fixed seed and written as a stream (50 million rows are 670 MB, which
are taken away afterwards): three kinds of people, who vote on what they are shown, from a handful of
statements to all of them, in no order.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEED = 7
TOGETHER = 20_000  # people whose rows stand among each other
KINDS = 3
HEADER = b"voter,statement,vote\n"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a conversation is."""

    people: int
    statements: int
    each: int  # votes of a person on average

    @property
    def votes(self) -> int:
        return self.people * self.each

    def __str__(self) -> str:
        return f"{self.people:,} × {self.statements:,} with {self.votes:,} votes"


STATEMENTS, EACH = 1_000, 50
FULL = Size(1_000_000, STATEMENTS, EACH)


def sizes(votes: int = FULL.votes) -> list[Size]:
    """A sixteenth of so many votes, a quarter, and all."""
    return [Size(votes // EACH // part, STATEMENTS, EACH) for part in (16, 4, 1)]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole run took: seconds by the clock, and of all processors; MB of all processes at once."""

    size: Size
    file_mb: float
    seconds: float
    processor: float
    peak_mb: float

    def line(self) -> str:
        return (
            f"{self.size}: {self.seconds:.1f} s, {self.processor:.1f} s of processors, "
            f"{self.peak_mb:,.0f} MB at most, from {self.file_mb:,.0f} MB of CSV"
        )


def write_conversation(path: Path, size: Size, seed: int = SEED) -> None:
    """The same file for the same size and seed."""
    chance = np.random.default_rng(seed)
    leanings = chance.normal(0, 1.2, (KINDS, size.statements))
    common = chance.normal(0.4, 0.8, size.statements)
    with path.open("wb") as file:
        file.write(HEADER)
        for first in range(0, size.people, TOGETHER):
            people = min(TOGETHER, size.people - first)
            voter, statement = _shown(chance, people, size)
            kind = (voter * 2654435761 + first) % 97 % KINDS
            vote = _votes(chance, leanings[kind, statement] + common[statement])
            order = chance.permutation(len(voter))
            file.write(_lines(voter[order] + first, statement[order], vote[order]))


def _shown(
    chance: np.random.Generator, people: int, size: Size
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Who votes on what, nobody on anything twice; so many votes each on average, exactly."""
    counts = np.clip(chance.lognormal(3.4, 0.9, people), 3, size.statements).astype(np.int64)
    counts = _summing_to(counts, people * size.each, size.statements)
    voter = np.repeat(np.arange(people), counts)
    place = np.arange(len(voter)) - np.repeat(np.cumsum(counts) - counts, counts)
    steps = np.array([step for step in range(1, 400) if np.gcd(step, size.statements) == 1])
    step, begin = chance.choice(steps, people), chance.integers(0, size.statements, people)
    return voter, (begin[voter] + place * step[voter]) % size.statements


def _summing_to(counts: NDArray[np.int64], total: int, most: int) -> NDArray[np.int64]:
    counts = np.clip(np.rint(counts * (total / counts.sum())).astype(np.int64), 1, most)
    while left := total - int(counts.sum()):
        change = np.sign(left)
        free = np.flatnonzero((counts + change >= 1) & (counts + change <= most))[: abs(left)]
        counts[free] += change
    return counts


def _votes(chance: np.random.Generator, leaning: NDArray[np.float64]) -> NDArray[np.int64]:
    drawn = leaning + chance.logistic(0, 1, len(leaning))
    return np.where(chance.random(len(leaning)) < 0.12, 0, np.sign(drawn)).astype(np.int64)


def _lines(
    voter: NDArray[np.int64], statement: NDArray[np.int64], vote: NDArray[np.int64]
) -> bytes:
    """Text of many rows at once: letters in a table, of which those that stand are kept."""
    letters = np.hstack(
        [_digits(voter), _all(",", voter), _digits(statement), _all(",", voter), _vote(vote)]
    )
    kept: NDArray[np.uint8] = letters[letters != 0]
    return kept.tobytes()


def _digits(numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    width = len(str(int(numbers.max(initial=0))))
    digits = numbers[:, None] // 10 ** np.arange(width - 1, -1, -1)
    letters = (digits % 10 + ord("0")).astype(np.uint8)
    letters[:, :-1][digits[:, :-1] == 0] = 0
    return letters


def _all(letter: str, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    return np.full((len(rows), 1), ord(letter), np.uint8)


def _vote(vote: NDArray[np.int64]) -> NDArray[np.uint8]:
    sign = np.where(vote < 0, np.uint8(ord("-")), np.uint8(0))
    return np.column_stack((sign, np.abs(vote) + ord("0"), _all("\n", vote))).astype(np.uint8)


def run_map(votes: Path, out: Path, *words: str) -> tuple[float, float, float]:
    """``earnest map`` as whoever calls it does: seconds, seconds of processors, peak of all in MB."""
    command = [sys.executable, "-m", "earnest", "map", str(votes), "--out", str(out), *words]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    env = {name: one for name, one in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as process:
        watch = Watch(process.pid)
        said = process.communicate()[1]
        peak = watch.end()
    seconds = time.monotonic() - begun
    if process.returncode:
        raise SystemExit(f"earnest map failed:\n{said}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used, peak


class Watch(threading.Thread):
    """The most memory a process and all it started hold at once, looked at every fifth of a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self._over = pid, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, sum(_resident(pid) for pid in _family(self.pid)))

    def end(self) -> float:
        """In MB."""
        self._over.set()
        self.join()
        return self.peak / 1e6


def _family(pid: int) -> Iterator[int]:
    """The process and its descendants, as Linux tells them."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from _family(int(child))
        except OSError:
            continue


def _resident(pid: int) -> int:
    """Bytes of its own: what processes share is counted in shares (PSS)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def cost(size: Size, folder: Path, *words: str) -> Cost:
    """Make a conversation, draw its map, and take both away."""
    votes, out = folder / "votes.csv", folder / "map.json"
    write_conversation(votes, size)
    try:
        seconds, used, peak = run_map(votes, out, *words)
        check(out, size)
        return Cost(size, votes.stat().st_size / 1e6, seconds, used, peak)
    finally:
        votes.unlink()
        out.unlink(missing_ok=True)


def check(out: Path, size: Size) -> None:
    """Everybody is on the map, and the three kinds of people are found."""
    found = json.loads(out.read_bytes())
    assert len(found["participants"]) == size.people
    assert len(found["statements"]) == size.statements
    assert found["method"]["votes"] == size.votes
    assert found["method"]["k"] == KINDS


def measure(wanted: Iterable[Size] = (FULL,), *words: str) -> list[Cost]:
    """Each size once; ``words`` are more options of ``earnest map``."""
    with tempfile.TemporaryDirectory(prefix="earnest-big-") as folder:
        return [cost(size, Path(folder), *(words or ("--no-sure",))) for size in wanted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", action="store_true", help="three sizes, to see how cost grows")
    parser.add_argument("--cluster", action="store_true", help="from disk and by Dask")
    options = parser.parse_args()
    words = ["--no-sure", *(["--cluster"] if options.cluster else [])]
    for one in measure(sizes() if options.sizes else (FULL,), *words):
        print(one.line(), flush=True)


if __name__ == "__main__":
    main()
