"""What the clock does: looks into the mailbox, a few mails at a time."""

from __future__ import annotations

import logging
from datetime import datetime
from imaplib import IMAP4

from imap_tools import ImapToolsError

from earnest.intake import actions, mailbox
from earnest.intake.mailbox import Box
from earnest.intake.models import Inbound

AT_ONCE = 50
THEIRS = {Inbound.Kind.WORDS, Inbound.Kind.CALENDAR}

log = logging.getLogger(__name__)


def poll(*, at: datetime) -> int:
    """Take what came in. Returns how many; a run that died goes on where it was."""
    try:
        with mailbox.opened() as box:
            return take_all(box, at=at) if box else 0
    except (OSError, IMAP4.error, ImapToolsError) as error:
        log.warning("the mailbox does not answer: %s", type(error).__name__)
        return 0


def take_all(box: Box, *, at: datetime) -> int:
    """Each mail in a transaction of its own; only then it is done with in the mailbox."""
    count = 0
    for uid, raw in box.unread(AT_ONCE):
        try:
            inbound = actions.receive(raw, at=at)
        except Exception:
            log.exception("a mail could not be taken; it lies flagged in the mailbox")
            box.put_aside(uid)
            continue
        done = box.taken if inbound.kind in THEIRS else box.left
        done(uid)
        count += 1
    return count
