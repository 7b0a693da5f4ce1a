"""Being for an idea of another's, and taking that back: any time, also after a stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from earnest.core import events
from earnest.ideas.actions.ideas import IdeaGone
from earnest.ideas.actions.spaces import key_for, refuse_if_closed
from earnest.ideas.models import Idea, Support, Voice
from earnest.initiatives.models import Participation


@transaction.atomic
def support_idea(idea: Idea, voice: Voice, *, at: datetime) -> bool:
    """For it as it is worded now; said again after it changed, they are for the new words.

    True if anything changed. Their own idea needs none. Raises SpaceClosed, IdeaGone, AskedToStop.
    """
    there = Idea.objects.select_for_update(of=("self",)).select_related("space").get(pk=idea.pk)
    if there.is_gone or there.space is None:
        raise IdeaGone
    refuse_if_closed(there.space)
    if voice.participation:
        voice.participation.refuse_if_stopped()
    if there.voice_id == voice.pk:
        return False
    now_for = {"revision": there.revision, "told": there.revision}
    day = there.initiative.workspace.day(at)
    said, new = Support.objects.get_or_create(
        idea=there, voice=voice, defaults={**key_for(there.space), "on": day, **now_for}
    )
    if new:
        _count(there, 1)
        _record("idea_supported", there, at=at)
        return True
    again = Support.objects.filter(pk=said.pk, revision__lt=there.revision)
    return bool(again.update(on=day, **now_for))


@transaction.atomic
def take_support_back(idea: Idea, voice: Voice, *, at: datetime) -> bool:
    """As if it had not been given. True if now."""
    there = Idea.objects.select_for_update(of=("self",)).select_related("space").get(pk=idea.pk)
    if not Support.objects.filter(idea=there, voice=voice).delete()[0]:
        return False
    _count(there, -1)
    _record("support_taken_back", there, at=at)
    return True


def take_support_from(whose: Participation) -> None:
    """They are erased: whatever they were for counts them no more. In the caller's transaction."""
    for said in Support.objects.filter(voice__participation=whose).select_related("idea"):
        said.delete()
        _count(said.idea, -1)


def _count(idea: Idea, more: int) -> None:
    up = {"supporters": F("supporters") + more, "responses": F("responses") + more}
    Idea.objects.filter(pk=idea.pk).update(**up)


def _record(what: str, idea: Idea, *, at: datetime) -> None:
    if idea.space and idea.space.names:
        events.record(what, at=at, about=idea)
