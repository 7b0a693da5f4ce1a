"""What the clock does: whatever has no input yet is taken up."""

from __future__ import annotations

import logging
from datetime import datetime

from earnest.plans import actions, queries

log = logging.getLogger(__name__)


def take_up(*, at: datetime) -> int:
    """Ideas, words in their own hand, written answers, lines of closed check-ins. Returns how many.

    Each initiative in a transaction of its own; what waits for an answer is counted anew with it.
    """
    taken = sum(actions.take_up(one, at=at) for one in queries.with_something_to_take())
    if taken:
        log.info("inputs taken up: %d", taken)
    return taken
