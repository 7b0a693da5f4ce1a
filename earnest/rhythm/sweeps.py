"""What the clock does: a progress mail that goes to many is told further."""

from __future__ import annotations

from datetime import datetime

from earnest.rhythm import actions
from earnest.rhythm.models import ProgressMail

BATCHES = 40  # in one run: the next run goes on


def tell_progress(*, at: datetime) -> int:
    """Go on where it was left. Returns how many batches were laid ready."""
    batches = 0
    for mail in ProgressMail.objects.filter(told_at=None).order_by("made_at")[:BATCHES]:
        while batches < BATCHES:
            batches += 1
            if not actions.tell_progress(mail, at=at):
                break
    return batches
