"""The worker: does what was put off (tasks), and what the clock asks (the schedule)."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from earnest.cli import database
from earnest.config import parent

if TYPE_CHECKING:
    from earnest.config.schedule import Sweep

LEASE = timedelta(seconds=90)  # a worker that died is replaced after so long
BEAT_SECONDS = 20.0
TICK_SECONDS = 5.0

logger = logging.getLogger("earnest.worker")


def worker(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.management import call_command

    database.set_up()
    database.bring_up_to_date()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    clock = Clock(holder=f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}")
    if options.once:
        clock.tick(timezone.now())
    else:
        parent.follow()
        clock.start()
    if settings.TASKS["default"]["BACKEND"].startswith("django_tasks_db"):
        call_command(
            "db_worker",
            queue_name="*",
            batch=options.once,
            startup_delay=False,
            reload=False,
            verbosity=0,
            worker_id=clock.holder,
        )
    return 0


class Clock:
    """Runs each sweep when it is due and no other worker has it, beside the tasks."""

    def __init__(self, holder: str, schedule: Iterable[Sweep] | None = None) -> None:
        from earnest.config.schedule import SCHEDULE

        self.holder = holder
        self._schedule = tuple(SCHEDULE if schedule is None else schedule)
        self._holds = ""

    def start(self) -> None:
        for loop, seconds in ((self.tick, TICK_SECONDS), (self.pulse, BEAT_SECONDS)):
            threading.Thread(target=_forever, args=(loop, seconds), daemon=True).start()

    def tick(self, at: datetime) -> list[str]:
        """Run what is due; the names of what ran."""
        return [sweep.name for sweep in self._schedule if self._run(sweep, at)]

    def pulse(self, at: datetime) -> None:
        """Say that this worker lives, and keep what it holds."""
        from earnest.core import actions

        actions.beat(holder=self.holder, at=at)
        if self._holds:
            actions.renew_lease(self._holds, holder=self.holder, at=at, lasts=LEASE)

    def _run(self, sweep: Sweep, at: datetime) -> bool:
        from earnest.core import actions

        lease = f"sweep:{sweep.name}"
        if not actions.take_lease(lease, holder=self.holder, at=at, lasts=LEASE, every=sweep.every):
            return False
        self._holds = lease
        ran = False
        try:
            sweep.run(at=at)
            ran = True
        except Exception:
            logger.exception("%s failed; it is tried again when its lease is over", sweep.name)
        finally:
            self._holds = ""
            actions.release_lease(lease, holder=self.holder, at=at, ran=ran)
        return ran


def _forever(loop: Callable[[datetime], object], seconds: float) -> None:
    from django.db import close_old_connections

    pause = threading.Event()
    while True:
        close_old_connections()
        try:
            loop(timezone.now())
        except Exception:
            logger.exception("the clock missed a beat")
        close_old_connections()
        pause.wait(seconds)
