"""A server that is killed while several clients have it write: shared by the proofs that nothing is lost.

Beside the tests of this folder, and none itself.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable

from tests.commands import free_port, started

CLIENTS = 3  # at once
PATIENCE = 30.0  # seconds: what a busy machine may take to get to enough
TOKEN = "k" * 32  # of the form and of its cookie alike, as Django compares them

# One thing that a client has it do: the connection, the client's dice, the how manieth it is.
type Act = Callable[[http.client.HTTPConnection, random.Random, int], None]


def post(server: http.client.HTTPConnection, path: str, cookie: str, **form: str) -> bool:
    """True when it was accepted: answered by a redirect that leads on."""
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **form})
    headers = {
        "Cookie": f"csrftoken={TOKEN}; {cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    server.request("POST", path, body, headers)
    answer = server.getresponse()
    answer.read()
    return answer.status == 302 and "before" not in (answer.getheader("Location") or "")


def kill_under(
    act: Act, env: dict[str, str], dice: random.Random, *, accepted: Callable[[], int], some: int
) -> None:
    """Serve, let clients act until ``some`` more are accepted and a moment longer, and kill it."""
    port = free_port()
    command = [sys.executable, "-m", "earnest", "serve", f"--port={port}", "--no-worker"]
    with started(command, env, port) as server:
        clients = [
            threading.Thread(target=_until_it_dies, args=(act, port, random.Random(dice.random())))
            for _ in range(CLIENTS)
        ]
        for one in clients:
            one.start()
        _wait_for(accepted, accepted() + some)
        time.sleep(dice.uniform(0.05, 0.5))
        os.killpg(server.pid, signal.SIGKILL)
        for one in clients:
            one.join(timeout=30)
        assert not any(one.is_alive() for one in clients)


def _until_it_dies(act: Act, port: int, dice: random.Random) -> None:
    server = http.client.HTTPConnection("localhost", port, timeout=10)
    try:
        for n in range(100_000):
            act(server, dice, n)
    except (OSError, http.client.HTTPException):
        return  # it died while we waited for its answer: unknown, and nothing was promised


def _wait_for(accepted: Callable[[], int], enough: int) -> None:
    """However slow the machine: there is something to lose before it dies."""
    ends = time.monotonic() + PATIENCE
    while accepted() < enough and time.monotonic() < ends:
        time.sleep(0.01)
