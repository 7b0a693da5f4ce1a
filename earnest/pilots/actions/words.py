"""A word of somebody in the part about the pilot, or that they object to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.pilots.models import Pilot, PilotWord
from earnest.plans import actions as plans


@transaction.atomic
def say_word(
    pilot: Pilot, whose: Participation, words: str, *, objects: bool, at: datetime
) -> PilotWord:
    """An input like any other: theirs to mend and to take back, and owed an answer.

    It works after a stop too: it is their will that speaks. Said twice it is said once.
    """
    given = plans.give_input(whose, words, at=at)
    word, new = PilotWord.objects.get_or_create(
        input=given, defaults={"pilot": pilot, "objects_to_it": objects, "at": at}
    )
    if new:
        events.record("pilot_word", at=at, about=word.pilot)
    return word
