"""What becomes of what a space said, in its leads' words, told to everyone who wished to hear (0.10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.models import Outcome, Space, Voter
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite

AT_ONCE = 50


@transaction.atomic
def say_outcome(space: Space, words: str, *, by: User, at: datetime) -> Outcome:
    """It stands in the space from now on; the clock tells those who wished. Pressed twice is once."""
    Space.objects.select_for_update().get(pk=space.pk)
    last = space.outcomes.first()
    if last and last.words == words:
        return last
    told_at = None if space.names else at  # without names nobody can be written to
    made = Outcome.objects.create(space=space, words=words, by=by, at=at, told_at=told_at)
    events.record("outcome_said", by=by, at=at, about=space, detail={"outcome": made.pk})
    return made


@transaction.atomic
def tell_outcome(outcome: Outcome, *, at: datetime) -> int:
    """Some at a time, with the place it got to. Returns how many mails were laid ready."""
    rows = Outcome.objects.select_for_update(of=("self",)).filter(pk=outcome.pk, told_at=None)
    there = rows.select_related("space__initiative__workspace", "by").first()
    if there is None:
        return 0
    wish = Voter.objects.filter(space_id=there.space_id, wants_word=True, pk__gt=there.told_to)
    whose = "voice__participation__person__workspace", "voice__participation__initiative"
    some = list(wish.select_related(*whose).order_by("pk")[:AT_ONCE])
    told = sum(_tell(there, one, at=at) for one in some)
    over = len(some) < AT_ONCE
    upto = some[-1].pk if some else there.told_to
    rows.update(told_to=upto, told_at=at if over else None)
    return told


def _tell(outcome: Outcome, voter: Voter, *, at: datetime) -> bool:
    """An answer to what they said: it does not count as asking. Who stopped is left alone."""
    whose = voter.voice.participation
    if whose is None:
        return False
    try:
        messaging.put_in_outbox(whose, emails.outcome(outcome, whose), by=outcome.by, at=at)
    except (AskedToStop, MayNotWrite):
        return False
    return True
