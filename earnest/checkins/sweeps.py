"""What the clock does: sends mails without a name, lays slots anew, and closes what is over."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from earnest.checkins import actions, queries, sending


def send_sealed(*, at: datetime) -> int:
    """The mails of anonymous rounds, a round at a time. Returns how many were tried."""
    began = time.monotonic()

    def clock() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    return sum(sending.send_waiting(one, clock=clock) for one in queries.with_sealed_mail(at))


def mix_slots(*, at: datetime) -> None:
    """No order in which answers came is ever older than this sweep's last run."""
    for one in queries.open_unnamed():
        actions.mix_slots(one, at=at)


def close_due(*, at: datetime) -> int:
    """Rounds whose last day is over are closed and published. Returns how many."""
    return sum(actions.close_round(one, at=at) for one in queries.due_to_close(at))
