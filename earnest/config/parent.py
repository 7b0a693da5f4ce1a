"""A process started by `earnest serve` never outlives it, however that one ended."""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "EARNEST_SERVED_BY"
EVERY_SECONDS = 1.0
GRACE_SECONDS = 10.0


def follow() -> None:
    """Stop this process when the one named in the environment is no longer its parent."""
    parent = os.environ.get(VARIABLE, "")
    if parent.isdigit() and int(parent) == os.getppid():
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
