"""Answers to a check-in and taps on a person's own page, accepted by the product's own server.

    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.taps

Beside each, in turn: a bare Django view behind the same middleware that runs the same statements in
raw SQL, and one that inserts one row. Prints JSON. Every tap is another person's, and each is
counted in the database afterwards.
"""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import served

CLIENTS = 2
WINDOWS, WINDOW_SECONDS = 7, 0.6
TAPS = 14_000  # more than all windows take
TOKEN = "b" * 32  # of the form and of its cookie alike, as Django compares them


@dataclass(frozen=True, slots=True)
class Tap:
    """One POST of one person; ``stands`` names what is its own in the statements it leads to."""

    path: str
    cookie: str
    form: dict[str, str] = field(default_factory=dict)
    stands: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **self.form})


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from benchmarks import replay, tapping

    call_command("migrate", verbosity=0)
    sorts = tapping.sorts(TAPS)
    recorded = {name: tapping.recorded(taps.pop()) for name, taps in sorts.items()}
    replay.keep(recorded, Path(os.environ["EARNEST_DATA_DIR"]))
    before = tapping.counted()
    connections.close_all()
    with served() as port:
        found = {name: measured(port, name, taps) for name, taps in sorts.items()}
    after = tapping.counted()
    for name, one in found.items():
        there = after[name] - before[name]
        if there != one["accepted"]:
            raise RuntimeError(f"{name}: {one['accepted']} accepted, {there} there")
        one["statements"] = len(recorded[name])
    print(json.dumps(found))


def measured(port: int, name: str, taps: list[Tap]) -> dict[str, float]:
    """Answers a second of each, the middle window; in turn, so that what slows one slows all.

    ``of_bare`` is the middle of what each window was of the one beside it, a moment later.
    """
    half = len(taps) // 2
    ours, theirs = iter(taps[:half]), (replayed(name, one) for one in taps[half:])
    least = iter([Tap("/bare/one-row/", "")] * 1_000_000)
    rates: dict[str, list[float]] = {"ours": [], "theirs": [], "least": []}
    accepted = 0
    for number in range(WINDOWS + 1):
        for key, some in (("ours", ours), ("theirs", theirs), ("least", least)):
            rate, count = window(port, some)
            accepted += count if key != "least" else 0
            if number:  # the first is to warm up
                rates[key].append(rate)
    beside = [one / other for one, other in zip(rates["ours"], rates["theirs"], strict=True)]
    middle = {key: median(found) for key, found in rates.items()}
    return {"accepted": accepted, **middle, "of_bare": median(beside)}


def replayed(name: str, tap: Tap) -> Tap:
    return Tap(f"/bare/replay/{name}/", tap.cookie, {"stands": json.dumps(tap.stands)})


def window(port: int, taps: Iterator[Tap]) -> tuple[float, int]:
    """How many were accepted a second by a few clients, and how many in all."""
    lock, counts, failed = threading.Lock(), [0] * CLIENTS, list[BaseException]()
    ends = time.perf_counter() + WINDOW_SECONDS

    def keep_tapping(number: int) -> None:
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        try:
            while time.perf_counter() < ends:
                with lock:
                    tap = next(taps)
                post(connection, tap)
                counts[number] += 1
        except BaseException as error:  # a thread must not end the run in silence
            failed.append(error)

    begun = time.perf_counter()
    clients = [threading.Thread(target=keep_tapping, args=(n,)) for n in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    if failed:
        raise RuntimeError(f"a tap was not accepted: {failed[0]!r}") from failed[0]
    return sum(counts) / (time.perf_counter() - begun), sum(counts)


def post(connection: http.client.HTTPConnection, tap: Tap) -> None:
    """Anything but a redirect is a fault of the run."""
    cookies = "; ".join(one for one in (f"csrftoken={TOKEN}", tap.cookie) if one)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", tap.path, tap.body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"{tap.path} answered {answer.status}")


if __name__ == "__main__":
    main()
