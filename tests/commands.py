"""Runs the earnest command as a person would: in a process and a data directory of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OURS = ("EARNEST_", "DATABASE_URL", "DJANGO_", "PORT")


def clean(folder: Path, **given: str) -> dict[str, str]:
    """The environment without anything that speaks of Earnest, but for what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "EARNEST_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1", **given}


def earnest(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; five minutes are for a machine with much else to do."""
    command = [sys.executable, "-m", "earnest", *words]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=300, check=False
    )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def started(command: list[str], env: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """The server, once it answers; killed with its whole group at the end if it still runs."""
    process = subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(port, process)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(port: int, process: subprocess.Popen[str], seconds: float = 180) -> None:
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        if process.poll() is not None:
            break
        if status(f"http://127.0.0.1:{port}/account/login/") == 200:
            return
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"no answer on {port}: {process.communicate()[0]}")


def status(url: str) -> int:
    """The answer's status; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def still_running(words: str) -> list[str]:
    """Command lines of living processes that were given this in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if words.encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return [line for line in found if line.strip()]


def gone(words: str, seconds: float = 8) -> bool:
    """True when no such process is left within the time."""
    over = time.monotonic() + seconds
    while still_running(words) and time.monotonic() < over:
        time.sleep(0.1)
    return not still_running(words)
