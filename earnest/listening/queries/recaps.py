"""What was told back, and what they said to it."""

from __future__ import annotations

from collections.abc import Sequence

from earnest.initiatives.models import Participation
from earnest.listening.models import Conversation, Recap


def recaps_of(conversation: Conversation, people: Sequence[Participation]) -> list[Recap]:
    """What was told back after a talk, in the order of who was there."""
    told = {one.participation_id: one for one in conversation.recaps.all()}
    found = []
    for person in people:
        if recap := told.get(person.pk):
            recap.participation = person
            found.append(recap)
    return found
