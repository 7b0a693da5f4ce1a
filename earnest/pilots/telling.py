"""The answer to who asked for a pilot by an account alone, straight to their address.

A file of its own: it joins the line to the mail server with what is written around it. They have no
page of their own there, so no outbox, and one question of theirs has one mail. The clock calls it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from earnest.accounts.queries import mail_is_set_up
from earnest.messaging.wire import Line, NotTaken
from earnest.pilots.actions.spreading import say_mailed
from earnest.pilots.emails import cards as emails
from earnest.pilots.models import SpreadRequest

logger = logging.getLogger(__name__)


def tell_who_asked(answered: Iterable[SpreadRequest], *, at: datetime) -> int:
    """Each of these, once. Returns how many were written to."""
    if not mail_is_set_up():
        return 0
    with Line() as line:
        return sum(_tell(one, line, at=at) for one in answered)


def _tell(asked: SpreadRequest, line: Line, *, at: datetime) -> bool:
    """That it may have arrived is written down before its first word."""
    mail = emails.answered_by_account(asked, at=at)
    try:
        line.open()
        line.announce(mail)
        if not say_mailed(asked, at=at):
            line.start_over()
            return False
        line.give(mail)
    except NotTaken as no:
        logger.warning("answer to request %s not taken: %s", asked.pk, no.answer.code)
        return False
    return True
