"""Asks a server over HTTP, keep-alive on loopback, and notes how long each answer took."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

CLIENTS = 2
WINDOW_SECONDS = 0.25
PAIR_SECONDS, FEWEST = 1.2, 20  # so long each page is asked in turn, and so often at least
WINDOWS = 3
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """One page beside the bare one; seconds, and answers a second."""

    page: list[float]
    bare: list[float]
    page_rate: float
    bare_rate: float


@dataclass(frozen=True, slots=True)
class Server:
    """Where to ask, and the session to ask with."""

    port: int
    cookie: str


class Visitor:
    """One signed-in browser, as far as a server can tell: one connection, kept."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        self.headers = {"Cookie": server.cookie, "Accept": "text/html"}

    def ask(self, path: str) -> float:
        """Seconds until the whole answer was read. Anything but a page, or the word that nothing
        changed, is a fault of the run."""
        begun = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        taken = time.perf_counter() - begun
        if answer.status not in {200, 204}:
            raise RuntimeError(f"{path} answered {answer.status}")
        return taken


def beside(server: Server, page: str, bare: str, *, rounds: int) -> Measured:
    """Page and bare page in turn, so that whatever slows the machine slows both.

    So many rounds at most, fewer of a slow page: the whole run is bounded in time.
    """
    visitor = Visitor(server)
    for path in (page, bare) * WARM_UP:
        visitor.ask(path)
    pairs: list[tuple[float, float]] = []
    ends = time.perf_counter() + PAIR_SECONDS
    while len(pairs) < FEWEST or (len(pairs) < rounds and time.perf_counter() < ends):
        pairs.append((visitor.ask(page), visitor.ask(bare)))
    rates = [(rate(server, page), rate(server, bare)) for _ in range(WINDOWS)]
    return Measured(
        page=[one for one, _ in pairs],
        bare=[one for _, one in pairs],
        page_rate=median(one for one, _ in rates),
        bare_rate=median(one for _, one in rates),
    )


def rate(server: Server, path: str) -> float:
    """Answers a second to a few clients who ask as fast as they are answered."""
    ends = time.perf_counter() + WINDOW_SECONDS
    counts = [0] * CLIENTS

    def keep_asking(number: int) -> None:
        visitor = Visitor(server)
        while time.perf_counter() < ends:
            visitor.ask(path)
            counts[number] += 1

    begun = time.perf_counter()
    clients = [threading.Thread(target=keep_asking, args=(n,)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(counts) / (time.perf_counter() - begun)


def p50(seconds: Sequence[float]) -> float:
    return median(seconds)


def p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]
