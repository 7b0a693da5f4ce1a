"""What the clock does: a progress mail is told further, digests leave at their hour, and an
introduction that was not taken up is closed."""

from __future__ import annotations

from datetime import datetime

from earnest.accounts.queries import mail_is_set_up
from earnest.messaging.wire import Line
from earnest.rhythm import actions, telling
from earnest.rhythm.actions import introducing
from earnest.rhythm.models import Digest, ProgressMail

DIGESTS = 200
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


def send_digests(*, at: datetime) -> int:
    """Those whose hour has come. Returns how many were sent.

    After the server slept, one is sent and says what is; the others of that time are not.
    """
    if not mail_is_set_up():
        return 0
    due = Digest.objects.filter(next_at__lte=at).order_by("next_at")
    with Line() as line:
        keys = list(due.values_list("pk", flat=True)[:DIGESTS])
        return sum(telling.tell_lead(pk, line, at=at) for pk in keys)


def close_introductions(*, at: datetime) -> int:
    """Offers whose time is over. Returns how many."""
    return introducing.close_old(at=at)
