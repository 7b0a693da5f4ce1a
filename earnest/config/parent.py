"""A process started by `earnest serve` never outlives it, however that one ended."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

VARIABLE = "EARNEST_SERVED_BY"
EVERY_SECONDS = 1.0
GRACE_SECONDS = 10.0
NOBODY_ELSE = 1  # whoever lost their parent is a child of the first process


def follow() -> None:
    """Stop this process when the one named in the environment is no longer its parent."""
    named = os.environ.get(VARIABLE, "")
    if not named.isdigit():
        return
    if int(named) == os.getppid():
        threading.Thread(target=_watch, args=(int(named),), daemon=True).start()
    elif os.getppid() == NOBODY_ELSE:
        # It was killed while this process still started: nobody would ever end it.
        sys.exit(f"earnest: the server that started this, {named}, is gone")


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
