"""Giving an input is a deed of whoever gave it, once for each (docs/model.md)."""

from __future__ import annotations

from datetime import datetime

from earnest.listening.models import Invitation
from earnest.plans.models import Input
from earnest.standing import actions as standing
from earnest.standing.actions import Fact


def gave(taken: Input, *, at: datetime) -> bool:
    """Once for each input, whatever follows. True where it is new.

    An idea, and what somebody wrote themselves, stands on the record from when it was given.
    """
    whose = taken.participation
    if whose is None or any(
        standing.is_on_record(whose, source, kind="did") for source in sources_of(taken)
    ):
        return False
    fact = Fact("did", 1, source_of(taken), item="contributed")
    standing.record_evidence(whose, fact, at=at)
    return True


def source_of(taken: Input) -> str:
    """How the record names this input."""
    return f"input {taken.pk}"


def sources_of(taken: Input) -> list[str]:
    """Under which names the same deed may stand on the record already."""
    found = [source_of(taken)]
    if taken.idea_id:
        found.append(f"idea {taken.idea_id}")
    if taken.answer:
        found.append(f"topic {taken.answer.topic_id}")
    if taken.quote and taken.quote.own_hand and taken.quote.conversation_id:
        found.append(f"talk {taken.quote.conversation_id}")
    if taken.conversation_id:
        asked = Invitation.objects.filter(conversation=taken.conversation_id)
        found += [f"invitation {pk}" for pk in asked.values_list("pk", flat=True)]
    return found
