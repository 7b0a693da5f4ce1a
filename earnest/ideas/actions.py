"""Writing down how somebody would make it work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas.models import Idea
from earnest.initiatives.models import Initiative, Participation
from earnest.standing import actions as standing
from earnest.standing.actions import Fact


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the notes it stands."""

    conversation_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An idea as it was said, by whom where that is known, on which day."""

    words: str
    on: date
    whose: Participation | None = None
    place: Place | None = None


@transaction.atomic
def note_idea(initiative: Initiative, draft: Draft, *, by: User, at: datetime) -> Idea:
    """Write an idea down; giving one is a deed of its author's (1.13)."""
    if draft.whose:
        draft.whose.refuse_if_stopped()
    place = draft.place
    idea = Idea.objects.create(
        initiative=initiative,
        participation=draft.whose,
        words=draft.words,
        on=draft.on,
        conversation_id=place.conversation_id if place else None,
        start=place.start if place else None,
        end=place.end if place else None,
    )
    events.record("idea_noted", by=by, at=at, about=idea)
    if draft.whose:
        fact = Fact("did", 1, f"idea {idea.pk}", item="contributed")
        standing.record_evidence(draft.whose, fact, at=at)
    return idea


@transaction.atomic
def reword_idea(idea: Idea, words: str, *, at: datetime) -> None:
    """As its author means it; empty: taken back, and the idea goes with its words."""
    if words:
        Idea.objects.filter(pk=idea.pk).update(words=words)
        events.record("idea_mended", at=at, about=idea)
        return
    events.record("idea_struck", at=at, about=idea)
    Idea.objects.filter(pk=idea.pk).delete()
