"""The words of promises with a person, gone; that they were made and kept stays as a count.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure`` and the clock, inside their transaction.
"""

from __future__ import annotations

from earnest.initiatives.models import Participation
from earnest.promises.models import AskedAgain, Promise, PromiseEvent

ERASED = "erased"


def places_of(participation: Participation) -> dict[int, list[tuple[int, int]]]:
    """Where in which notes their promises stand."""
    placed = participation.promises.exclude(conversation=None).exclude(start=None)
    spans: dict[int, list[tuple[int, int]]] = {}
    for pk, start, end in placed.values_list("conversation_id", "start", "end"):
        spans.setdefault(pk or 0, []).append((start or 0, end or 0))
    return spans


def erase_promises(participation: Participation) -> list[int]:
    """Erase the words and reasons of every promise with them, either way. Returns their keys."""
    promises = Promise.objects.filter(participation=participation)
    keys = list(promises.values_list("pk", flat=True))
    promises.update(words=ERASED, conversation=None, start=None, end=None)
    promises.exclude(condition="").update(condition=ERASED)
    PromiseEvent.objects.filter(promise__in=keys).exclude(why="").update(why=ERASED)
    return keys


def erase_asked_again(participation: Participation) -> list[int]:
    """How it was with what they did, and what they answered: none of it stays. Returns the keys."""
    rows = AskedAgain.objects.filter(participation=participation)
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    return keys


def forget_places(conversations: list[int]) -> None:
    """The notes are gone: promises taken from them point nowhere."""
    Promise.objects.filter(conversation__in=conversations).update(start=None, end=None)
