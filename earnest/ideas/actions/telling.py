"""Who supports an idea is told when it reads differently, once, and can take their support back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from earnest.core import events
from earnest.ideas import emails
from earnest.ideas.models import Idea, Support
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import actions as messaging


@transaction.atomic
def tell_supporter(whom: Participation, ideas: list[Idea], *, at: datetime) -> bool:
    """One mail about all of these ideas; said to them before, it is not said again. True if now.

    Whoever asked to be left alone, or erased themselves, gets none: their page shows it.
    """
    told = 0
    for one in ideas:
        mine = Support.objects.filter(idea=one.pk, voice__participation=whom, told__lt=one.revision)
        told += mine.update(told=one.revision)
    if not told:
        return False
    try:
        messaging.put_in_outbox(whom, emails.changed(ideas, whom), by=None, at=at)
    except (AskedToStop, messaging.MayNotWrite):
        return False
    events.record("supporter_told", at=at, about=whom)
    return True


def say_told(idea: Idea) -> None:
    """Nobody waits for a word about it any more, unless it changed again meanwhile."""
    untold = Support.objects.filter(idea=idea.pk, told__lt=F("idea__revision"))
    if not untold.exclude(voice__participation=None).exists():
        Idea.objects.filter(pk=idea.pk, revision=idea.revision).update(tell_after=None)
