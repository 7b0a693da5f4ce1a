"""Measures everything, in one run, and writes docs/performance.md.

    python -m benchmarks             # what `make bench` calls; about a quarter of an hour
    python -m benchmarks --people 2000

Each database is fresh, each size is measured in a process of its own, one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import report
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
FEW, MANY = 34, 10_000


@dataclass(frozen=True, slots=True)
class Command:
    """What another program said, and how long it took."""

    said: str
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=MANY)
    parser.add_argument("--pages-only", action="store_true", help="leave import and notes out")
    options = parser.parse_args()
    begun = time.monotonic()
    found = [
        report.Measured(name, people, measured(url, people))
        for name, urls in (("SQLite", no_address()), ("PostgreSQL", addresses()))
        for people, url in zip((FEW, options.people), urls, strict=False)
    ]
    tapped = {} if options.pages_only else {name: taps(url) for name, url in both()}
    beside = {} if options.pages_only else others()
    (ROOT / "docs").mkdir(exist_ok=True)
    text = report.text(found, tapped, beside, seconds=time.monotonic() - begun)
    (ROOT / "docs/performance.md").write_text(text)
    print(text)


def both() -> Iterator[tuple[str, str]]:
    """Each database once."""
    yield "SQLite", ""
    with lasting_server() as url:
        yield "PostgreSQL", url


def taps(url: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for title, module in (("Answers and taps", "taps"), ("Votes", "voting")):
        say(f"{title}, {'PostgreSQL' if url else 'SQLite'} …")
        with tempfile.TemporaryDirectory(prefix="earnest-bench-") as folder:
            done = run(["-m", f"benchmarks.{module}"], folder, url)
        found |= json.loads(done.said.splitlines()[-1])
    return found


def no_address() -> Iterator[str]:
    """SQLite: a file in each process's own data directory."""
    while True:
        yield ""


def addresses() -> Iterator[str]:
    """PostgreSQL: a server of its own for each size, gone when the next is asked for."""
    while True:
        with lasting_server() as url:
            yield url


@contextmanager
def lasting_server() -> Iterator[str]:
    """As the tests start it, but with the durability a real one has."""
    with patch.object(postgres, "FORGETFUL", ()), postgres.server() as url:
        yield url


def measured(url: str, people: int) -> dict[str, Any]:
    say(f"{'PostgreSQL' if url else 'SQLite'}, {people} people …")
    with tempfile.TemporaryDirectory(prefix="earnest-bench-") as folder:
        done = run(["-m", "benchmarks.measure", str(people)], folder, url)
    found: dict[str, Any] = json.loads(done.said.splitlines()[-1])
    return found


def others() -> dict[str, str]:
    """The other measurements of this folder; each says its own numbers."""
    found = {}
    for title, script in (
        ("Bringing in 100,000 people from a file", "benchmarks/people_import.py"),
        ("Searching among a million rows, on both databases", "benchmarks/searching.py"),
        ("Advice on where to begin, among 1,000 parts", "benchmarks/advising.py"),
        ("Promises found in notes, beside a learned peer", "benchmarks/language/promises.py"),
        ("Events the belief takes in each second", "benchmarks/belief/speed.py"),
        ("The belief beside peers that learn from the same rows", "benchmarks/belief/__main__.py"),
    ):
        if (ROOT / script).exists():
            say(f"{title} …")
            with tempfile.TemporaryDirectory(prefix="earnest-bench-") as folder:
                done = run([script], folder, "")
            found[title] = done.said.strip()
    return found


def run(arguments: list[str], folder: str, url: str) -> Command:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        **({"DATABASE_URL": url} if url else {}),
        "EARNEST_DATA_DIR": folder,
        "PYTHONPATH": str(ROOT),
    }
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return Command(done.stdout, time.monotonic() - begun)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
