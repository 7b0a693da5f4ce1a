"""Digests on their way: one try for each that is due.

A file of its own: it joins the line to the mail server with what is written before and after its
first word. The clock calls it.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.core.mail import EmailMultiAlternatives

from earnest.messaging.models import Delivery
from earnest.messaging.wire import Line, NotTaken
from earnest.rhythm import actions, emails, hours
from earnest.rhythm.actions.digest import MOST_TRIES
from earnest.rhythm.models import Digest
from earnest.rhythm.queries.digest import digest_of, hours_of

logger = logging.getLogger(__name__)


def tell_lead(pk: int, line: Line, *, at: datetime) -> bool:
    """One try for one digest. True when it was sent."""
    row = Digest.objects.select_related("user").filter(pk=pk, next_at__lte=at).first()
    if row is None or _is_over(row, at=at):
        return False
    when = hours.fitting(hours_of(row), at)
    if when > at:
        actions.move_digest(row, when, at=at)
        return False
    return actions.take_digest(row, at=at) and _try(row, line, at=at)


def _is_over(row: Digest, *, at: datetime) -> bool:
    """It may have arrived before somebody died, went out today, or was tried often enough."""
    today = hours_of(row).day_of(at)
    if row.handed_on:
        return actions.settle_digest(row, row.handed_on, at=at, sent=True)
    if row.last_on == today or row.tries >= MOST_TRIES or not row.user.is_active:
        actions.settle_digest(row, today, at=at, sent=False)
        return True
    return False


def _try(row: Digest, line: Line, *, at: datetime) -> bool:
    today = hours_of(row).day_of(at)
    said = digest_of(row.user, at=at)
    daily = row.every == Digest.Every.DAY
    if said is None or (daily and said.is_empty):
        actions.settle_digest(row, today, at=at, sent=False)
        return False
    return _give(row, today, line, emails.digest(row, said, today), at=at)


def _give(
    row: Digest, day: date, line: Line, mail: EmailMultiAlternatives, *, at: datetime
) -> bool:
    """Over the line. Until its first word nothing can have arrived; after it, nobody repeats it."""
    try:
        line.open()
        line.announce(mail)
        if not actions.say_handed(row, day, at=at):
            line.start_over()
            return False
        answer = line.give(mail)
    except NotTaken as no:
        logger.warning("digest %s not taken: %s", row.pk, no.answer.code)
        actions.try_again(row, at=at)
        return False
    actions.settle_digest(row, day, at=at, sent=True)
    return answer.outcome == Delivery.Outcome.SENT
