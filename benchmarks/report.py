"""Turns what was measured into docs/performance.md."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ALLOWED_QUERIES = 15


@dataclass(frozen=True, slots=True)
class Measured:
    """One database at one size."""

    database: str
    people: int
    found: dict[str, Any]

    @property
    def title(self) -> str:
        return f"{self.database}, {self.people:,} people"


def text(
    measured: list[Measured],
    tapped: dict[str, dict[str, Any]],
    beside: dict[str, str],
    *,
    seconds: float,
) -> str:
    return "\n".join(
        [
            HEAD,
            *machine(seconds),
            *ratios(measured),
            *queries(measured),
            *taps(tapped),
            *absolute(measured),
            READING,
            *world(measured),
            *also(beside),
        ]
    )


HEAD = """# How fast it is

Written by `make bench`; do not edit. Ratios first: each page is compared with a *bare page*, a
Django view behind the same middleware, with the same signed-in session, that reads one row by its
key and renders one line. Both are asked in turn over HTTP, so what slows the machine slows both,
and a ratio says the same on another machine. Milliseconds do not.
"""


def machine(seconds: float) -> Iterator[str]:
    names = ("Django", "granian", "psycopg")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    load = os.getloadavg()[0]
    yield f"- {time.strftime('%Y-%m-%d')}; the whole run took {seconds / 60:.1f} minutes"
    yield f"- {processor()}, {os.cpu_count()} cores, {platform.system()}; load at the end {load:.1f}"
    yield f"- Python {platform.python_version()}, {packages}, SQLite {sqlite3.sqlite_version}"
    yield ""


def processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def pages(measured: list[Measured]) -> list[str]:
    return list(measured[0].found["pages"])


def ratios(measured: list[Measured]) -> Iterator[str]:
    yield "## As a ratio to the bare page"
    yield ""
    yield "Time of the middle answer · of the slowest one in twenty · answers a second of two clients."
    yield ""
    rows = [
        [page, *(ratio(one.found["pages"][page]) for one in measured)] for page in pages(measured)
    ]
    yield from table(["page", *(one.title for one in measured)], rows)


def ratio(page: dict[str, float]) -> str:
    middle = page["p50"] / page["bare_p50"]
    slow = page["p95"] / page["bare_p95"]
    return f"{middle:.1f}× · {slow:.1f}× · {page['rate'] / page['bare_rate']:.2f}"


def queries(measured: list[Measured]) -> Iterator[str]:
    yield "## Queries"
    yield ""
    yield f"At most {ALLOWED_QUERIES} a page, as many with ten thousand people as with few."
    yield ""
    rows = [
        [page, *(str(one.found["queries"][page]) for one in measured)]
        for page in ["Bare page", *pages(measured)]
    ]
    yield from table(["page", *(one.title for one in measured)], rows)


TAPS = {
    "check-in-answer": "an answer to a check-in without names",
    "yes-to-carrying": "yes or no, one tap (*may later initiatives know it?*)",
    "mine-too": "one tap that is a word of theirs, too (*that is mine too*)",
    "vote-with-names": "a vote in a space with names",
    "vote-without": "a vote in a space without names",
}


def taps(tapped: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Accepted a second, as a share of the bare peers."""
    if not tapped:
        return
    yield "## Answers and taps"
    yield ""
    yield "Accepted a second, as a share of a bare Django view behind the same middleware that runs the"
    yield "same statements in raw SQL · as a share of one that inserts one row · answers a second here."
    yield "Two clients, each tap another person's; windows in turn, the middle one; counted afterwards."
    yield ""
    rows = [
        [f"{words}, {next(iter(tapped.values()))[name]['statements']} statements"]
        + [share(one[name]) for one in tapped.values()]
        for name, words in TAPS.items()
    ]
    yield from table(["tap", *tapped], rows)


def share(found: dict[str, float]) -> str:
    ours = found["ours"]
    return f"{ours / found['theirs']:.0%} · {ours / found['least']:.0%} · {ours:.0f}"


def absolute(measured: list[Measured]) -> Iterator[str]:
    yield "## For orientation, on this machine"
    yield ""
    yield "Milliseconds of the middle answer · of the slowest in twenty · answers a second."
    yield ""
    first = pages(measured)[0]
    bare = ["Bare page", *(figures(one.found["pages"][first], "bare_") for one in measured)]
    rows = [
        [page, *(figures(one.found["pages"][page], "") for one in measured)]
        for page in pages(measured)
    ]
    yield from table(["page", *(one.title for one in measured)], [bare, *rows])


def figures(page: dict[str, float], of: str) -> str:
    middle, slow = page[f"{of}p50"] * 1000, page[f"{of}p95"] * 1000
    return f"{middle:.1f} · {slow:.1f} · {page[f'{of}rate']:.0f}"


READING = """## How to read this

- The server is `earnest serve` itself, without its worker: one process on SQLite, one for each
  core on PostgreSQL. Server, database and clients share the machine; with a core for each, the
  figures would be better, the ratios much the same.
- One connection, kept, for the times: page and bare page in turn. Two for answers a second, in
  three windows of each, in turn; the middle window counts.
- The bare page makes three queries, the least a signed-in page can; a real page makes up to
  fourteen and has real length, and most of its time goes into those.
- With few people the lists are short: 34 people and 17 conversations, where the larger world
  fills its fifty rows, and Today has less to choose from. Part of the growth is that.
- SQLite has the product's own options (WAL, `synchronous=FULL`); PostgreSQL its own defaults.
- Ratios of a run on a busy machine move by a fifth or so from one run to the next, those of the
  slowest in twenty by more.
- What does grow with the size: on the page of a person, the names on the initiative are searched
  for those who share a part of theirs; on Promises, the open ones are counted, by an index; on
  Today, an initiative on which nearly everyone was heard is searched for who was not. A person's
  own page, not the lead's, also reads the notes of talks with others for sentences naming them.
"""


def world(measured: list[Measured]) -> Iterator[str]:
    largest = max(measured, key=lambda one: one.people)
    rows = ", ".join(f"{count:,} {name}" for name, count in largest.found["rows"].items())
    yield f"The larger world has {rows}. The long record is one with 40 promises and 60 rows of evidence."
    yield ""


def also(beside: dict[str, str]) -> Iterator[str]:
    for title, said in beside.items():
        yield f"## {title}"
        yield ""
        yield "```"
        yield said
        yield "```"
        yield ""
