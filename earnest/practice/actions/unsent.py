"""Mails of practice that wait in the outbox, taken back where they are not wanted any more."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db.models import QuerySet

from earnest.accounts.models import User
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.practice.models import Attendance


def take_back(keys: Iterable[int | None], *, by: User | None, at: datetime) -> set[int]:
    """Those that have not left yet; which. In the caller's transaction."""
    wanted = [key for key in keys if key]
    if not wanted:
        return set()
    back = set()
    waiting = Message.objects.filter(pk__in=wanted, state=Message.State.WAITING).order_by("pk")
    for message in waiting.select_related("participation__person"):
        with suppress(messaging.CannotBeWithdrawn):  # it left this moment
            messaging.withdraw(message, by=by, at=at)
            back.add(message.pk)
    return back


def take_invitations_back(rows: QuerySet[Attendance], *, by: User | None, at: datetime) -> None:
    """Mails that invite to a lesson, of these people; what has left stays as it is."""
    mailed = rows.exclude(message_id=None)
    take_back(list(mailed.values_list("message_id", flat=True)), by=by, at=at)
