"""Serving: web processes, and the worker beside them; all of it ends together."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from django.utils import timezone

from earnest.cli import database
from earnest.cli.stop import Stop
from earnest.config import parent

THREADS = 4  # per web process; on SQLite writers take turns anyway
WORKER_WAITS_SECONDS = 1.5  # the first page comes first
RESTART_SECONDS = 3.0
GRACE_SECONDS = 15


def serve(options: argparse.Namespace) -> int:
    prepare(options)
    if database.bring_up_to_date():
        print("The database was brought up to date.")
    return run(options, _say)


def prepare(options: argparse.Namespace) -> None:
    """Refuse a port in use before anything is written, then load settings."""
    refuse_port_in_use(options.host, options.port)
    os.environ.setdefault("EARNEST_BASE_URL", f"http://localhost:{options.port}")
    database.set_up()


def refuse_port_in_use(host: str, port: int) -> None:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except PermissionError as error:
        raise Stop(
            f"port {port} is for root alone; take one from 1024 up, such as 8000."
        ) from error
    except socket.gaierror as error:
        raise Stop(f"--host {host}: there is no such address on this machine.") from error
    except OSError as error:
        raise Stop(
            f"port {port} on {host} cannot be had ({error.strerror}); "
            f"choose another: PORT={port + 1} or --port {port + 1}"
        ) from error


def _say() -> None:
    from django.conf import settings

    print(f"Earnest is at {settings.BASE_URL}/")
    if link := _first_run_link():
        print(f"Nobody has signed in yet. Begin here: {link}")
    print("Ctrl-C stops it.", flush=True)


def _first_run_link() -> str:
    """Where the owner begins, while there is no user."""
    from django.conf import settings

    from earnest.accounts import actions

    path = actions.setup_link(at=timezone.now())
    return f"{settings.BASE_URL}{path}" if path else ""


def run(options: argparse.Namespace, say: Callable[[], None]) -> int:
    """Serve until told to stop; the worker ends with it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # No access log: addresses of people's own links hold secrets.
    server = Granian(
        "earnest.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers or _processes(),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        process_name=None,
    )
    os.environ[parent.VARIABLE] = str(os.getpid())
    helper = Helper()

    def started() -> None:
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asks to be ignored
            signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
        say()
        database.let_go()
        if not options.no_worker:
            helper.start()

    server.on_startup(started)
    try:
        server.serve()
    finally:
        helper.stop()
    return 0


def _processes() -> int:
    """SQLite: one, for writers take turns; PostgreSQL: one for each core."""
    from django.db import connection

    return 1 if connection.vendor == "sqlite" else max(2, os.cpu_count() or 2)


class Helper:
    """The worker process beside the server: started a moment later, started again when it dies."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _keep_running(self) -> None:
        self._ending.wait(WORKER_WAITS_SECONDS)
        while not self._ending.is_set():
            # A session of its own: Ctrl-C reaches the server alone, which then ends this one.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "earnest", "worker"],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._process.wait()
            if not self._ending.wait(RESTART_SECONDS):
                print("The worker stopped and is started again.", file=sys.stderr, flush=True)

    def stop(self) -> None:
        self._ending.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(GRACE_SECONDS)
            process.kill()
            process.wait()
