"""An open question goes to everyone on the initiative, once each, within their limits (1.10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.actions.topics import locked
from earnest.ideas.models import Topic
from earnest.ideas.queries import topics as queries
from earnest.messaging import actions as messaging

AT_ONCE = 500


@transaction.atomic
def ask_everyone(topic: Topic, words: str, *, by: User, at: datetime) -> int:
    """Returns how many are asked. Who was asked before, wants less or was asked enough is left out.

    Raises TopicClosed.
    """
    there = locked(topic)
    people = queries.to_ask(there, at=at)[:AT_ONCE]
    if not people:
        return 0
    made = messaging.put_all_in_outbox(
        people,
        lambda one: emails.question(there, one, words, by=by),
        by=by,
        at=at,
        leaves_at=at,
    )
    Topic.objects.filter(pk=there.pk, asked_at=None).update(asked_at=at)
    events.record("topic_asked", by=by, at=at, about=there, detail={"count": len(made)})
    return len(made)
