"""This is what I heard: one tap, and it is on its way to who said it (2.15)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening import queries as listened
from earnest.listening.models import Conversation, Recap
from earnest.messaging import actions as messaging
from earnest.messaging.actions import Filled
from earnest.messaging.models import Message
from earnest.pages import emails, queries


@transaction.atomic
def tell_back(
    conversation: Conversation, participation: Participation, words: str, *, by: User, at: datetime
) -> tuple[Recap, Message]:
    """Write down that it was told, and lay the mail ready; ``words`` is a line of the lead's own.

    Raises AlreadyToldBack, AskedToStop, and what the outbox refuses.
    """
    recap = listening.tell_back(conversation, participation, words, by=by, at=at)
    heard = queries.heard_by(conversation, participation)
    message = messaging.put_in_outbox(
        participation, emails.recap(recap, heard, by=by), by=by, at=at
    )
    listening.leaves_by(recap, message.pk, at=at)
    return recap, message


@transaction.atomic
def tell_by_hand(
    conversation: Conversation, participation: Participation, words: str, *, by: User, at: datetime
) -> tuple[Message, Filled]:
    """The same, for the lead to send themselves: as text, in their own mail program, as a file.

    What was laid ready before is handed over, where it has not left. One transaction: no mail
    slips out between. Raises AskedToStop, CannotBeHandedOver, and what the outbox refuses.
    """
    recaps = conversation.recaps.filter(participation=participation)
    told = listened.with_their_mail(recaps).first()
    if told is None or told.never_left:
        message = tell_back(conversation, participation, words, by=by, at=at)[1]
    else:
        rows = Message.objects.select_related("participation__initiative__workspace")
        found = rows.filter(pk=told.message_id or 0, participation=participation).first()
        if found is None:
            raise messaging.CannotBeHandedOver
        message = found
    return message, messaging.hand_over(message, by=by, at=at)
