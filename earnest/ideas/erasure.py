"""A person's ideas, their words gone; that there was an idea stays as a count.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure`` and the clock, inside their transaction.
"""

from __future__ import annotations

from django.db.models import Q

from earnest.ideas.models import Idea
from earnest.initiatives.models import Participation

ERASED = "erased"


def places_of(participation: Participation) -> dict[int, list[tuple[int, int]]]:
    """Where in which notes their ideas stand."""
    spans: dict[int, list[tuple[int, int]]] = {}
    placed = participation.ideas.exclude(conversation_id=None).exclude(start=None)
    for pk, start, end in placed.values_list("conversation_id", "start", "end"):
        spans.setdefault(pk or 0, []).append((start or 0, end or 0))
    return spans


def erase_ideas(participation: Participation, alone: list[int]) -> list[int]:
    """Erase their ideas, and those of nobody's from talks alone with them. Returns their keys."""
    theirs = Q(participation=participation)
    nobodys = Q(participation=None, conversation_id__in=alone)
    ideas = Idea.objects.filter(theirs | nobodys)
    keys = list(ideas.values_list("pk", flat=True))
    Idea.objects.filter(pk__in=keys).update(
        words=ERASED, conversation_id=None, start=None, end=None
    )
    return keys


def forget_places(conversations: list[int]) -> None:
    """The notes are gone: ideas taken from them point nowhere."""
    Idea.objects.filter(conversation_id__in=conversations).update(start=None, end=None)
