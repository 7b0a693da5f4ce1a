"""What a calendar or a mail program answered, read as the answer it is (RFC 5546)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.listening import queries
from earnest.listening.actions.answering import MAIL, Actor, State, Word, hold, note_contact
from earnest.listening.actions.meetings import call_off
from earnest.listening.models import Invitation
from earnest.messaging.calendars import Reply


class OfAnother(Exception):
    """This answer of a calendar is to another invitation, or from somebody else."""


@transaction.atomic
def take_reply(
    invitation: Invitation, reply: Reply, *, by: Actor, at: datetime, channel: str = MAIL
) -> Invitation:
    """Yes and perhaps leave what was agreed as it is; no calls it off.

    Raises OfAnother, AnswerOver, AskedToStop.
    """
    _refuse_others(invitation, reply)
    if reply.partstat == "DECLINED" and invitation.state == State.ACCEPTED:
        return call_off(invitation, by=by, at=at, channel=channel)
    row = hold(invitation, Word(by, at, channel))
    note_contact(row.participation, Word(by, at, channel))
    return row


def _refuse_others(invitation: Invitation, reply: Reply) -> None:
    theirs = invitation.participation.person.email.lower()
    if reply.uid != queries.uid_of(invitation) or (theirs and reply.attendee != theirs):
        raise OfAnother
