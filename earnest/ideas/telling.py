"""New replies on their way to who follows a question: by the outbox, or straight to a member.

A file of its own: it joins the limits of asking and the line to the mail server with what is
written around them. The clock calls it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from earnest.accounts.queries import mail_is_set_up
from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.actions.following import say_told
from earnest.ideas.models import Speaker, TopicReply
from earnest.ideas.queries import topics as queries
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.messaging.wire import Line, NotTaken

logger = logging.getLogger(__name__)


def tell_followers(speakers: Iterable[Speaker], *, at: datetime) -> int:
    """Each of these, once. Returns how many were written to."""
    with Line() as line:
        return sum(_tell(one, line, at=at) for one in speakers)


def _tell(speaker: Speaker, line: Line, *, at: datetime) -> bool:
    replies = queries.replies_since(speaker)
    if not replies:
        return False
    if speaker.user:
        return mail_is_set_up() and _tell_member(speaker, replies, line, at=at)
    return _tell_person(speaker, replies, at=at)


@transaction.atomic
def _tell_person(speaker: Speaker, replies: list[TopicReply], *, at: datetime) -> bool:
    """Within their limits; where it may not be now, the same is tried later, with what came."""
    whom = speaker.voice.participation if speaker.voice else None
    if whom is None:
        return False
    if not say_told(speaker, at=at):
        return False
    try:
        with transaction.atomic():
            messaging.put_in_outbox(whom, emails.replies_to(speaker, whom, replies), by=None, at=at)
    except AskedToStop:
        return False
    except messaging.MayNotWrite:
        transaction.set_rollback(True)
        return False
    return True


def _tell_member(speaker: Speaker, replies: list[TopicReply], line: Line, *, at: datetime) -> bool:
    """A member has an account, no page: straight to their address, said before its first word."""
    mail, message_id = emails.replies_to_member(speaker, replies, at=at)
    try:
        line.open()
        line.announce(mail)
        if not say_told(speaker, at=at, message_id=message_id):
            line.start_over()
            return False
        line.give(mail)
    except NotTaken as no:
        logger.warning("replies to follower %s not taken: %s", speaker.pk, no.answer.code)
        return False
    events.record("topic_follower_told", at=at, about=speaker.topic)
    return True
