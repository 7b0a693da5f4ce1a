"""What was told back, and what they said to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, Recap
from earnest.messaging.models import Message


def with_their_mail(recaps: QuerySet[Recap]) -> QuerySet[Any]:
    """Each with ``never_left``: its mail did not leave, and they did not read it on their page."""
    lost = Message.objects.filter(
        pk=OuterRef("message_id"),
        state__in=(Message.State.WITHDRAWN, Message.State.FAILED),
        participation__person__is_example=False,
    )
    unanswered = Q(right_at=None, corrected_at=None)
    return recaps.annotate(never_left=Q(Exists(lost)) & unanswered)


def recaps_of(conversation: Conversation, people: Sequence[Participation]) -> list[Recap]:
    """What was told back after a talk, in the order of who was there."""
    told = {one.participation_id: one for one in with_their_mail(conversation.recaps.all())}
    found = []
    for person in people:
        recap = told.get(person.pk)
        if recap and not recap.never_left:
            recap.participation = person
            found.append(recap)
    return found
