"""Asking people into a space with names: each once, by their own link, within the limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.actions.spaces import refuse_if_closed
from earnest.ideas.models import Invited, Space
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import actions as messaging

AT_ONCE = 50  # in one press; the page offers the next ones


@dataclass(slots=True)
class InvitedNow:
    """How many were written to, and whom one may not write to now, each with why."""

    count: int = 0
    not_now: list[str] = field(default_factory=list)


def invite(
    space: Space, people: Iterable[Participation], words: str, *, by: User, at: datetime
) -> InvitedNow:
    """Each in a transaction of their own: one who may not be asked now holds up nobody.

    Raises SpaceClosed.
    """
    refuse_if_closed(space)
    done = InvitedNow()
    for one in list(people)[:AT_ONCE]:
        try:
            done.count += _invite(space, one, words, by=by, at=at)
        except (AskedToStop, messaging.MayNotWrite) as refused:
            done.not_now.append(refused.sentence)
    return done


@transaction.atomic
def _invite(space: Space, one: Participation, words: str, *, by: User, at: datetime) -> bool:
    """False for who was written to before."""
    one.refuse_if_stopped()
    if not Invited.objects.get_or_create(space=space, participation=one, defaults={"at": at})[1]:
        return False
    messaging.put_in_outbox(one, emails.invited(space, one, words, by=by), by=by, at=at)
    events.record("space_invited", by=by, at=at, about=one)
    return True
