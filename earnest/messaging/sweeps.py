"""What the clock does: sends what is due, and gives rest to those who were asked enough."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from earnest.messaging import actions, leaving, queries


def drain(*, at: datetime) -> int:
    """Send what is due, a few seconds' worth: the next run goes on. Returns how many."""
    began = time.monotonic()
    return leaving.drain(clock=lambda: at + timedelta(seconds=time.monotonic() - began))


def give_rest(*, at: datetime) -> int:
    """Leave alone for a while whoever did not answer three times (0.6). Returns how many."""
    return sum(actions.leave_alone(person, at=at) for person in queries.silent_people(at))


def open_rooms(*, at: datetime) -> int:
    """Whose limit is over may be asked again; what waited too long to leave no longer does."""
    for message in queries.gone_stale(at):
        actions.let_lapse(message, at=at)
    return sum(actions.refresh_room(person, at=at) for person in queries.limits_over(at))
