"""A word of somebody in the part about the pilot, or that they object to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.pilots.models import Pilot, PilotWord
from earnest.plans import actions as plans
from earnest.plans.actions.inputs import hold


@transaction.atomic
def say_word(
    pilot: Pilot, whose: Participation, words: str, *, objects: bool, at: datetime
) -> PilotWord:
    """An input like any other: theirs to mend and to take back, and owed an answer.

    It works after a stop too: it is their will that speaks. Said twice of the same pilot it is said
    once, and an objection added to it stands; of another pilot it is a word of its own.
    """
    hold(whose.initiative_id)
    mine = PilotWord.objects.filter(pilot=pilot, input__participation=whose)
    word = mine.filter(input__words=words.strip(), input__erased_at=None).first()
    if word is None:
        given = plans.give_input(whose, words, at=at, anew=_is_of_another(pilot, whose, words))
        word = PilotWord.objects.create(pilot=pilot, input=given, objects_to_it=objects, at=at)
    elif word.objects_to_it or not objects:
        return word
    else:
        word.objects_to_it = True
        word.save(update_fields=["objects_to_it"])
    events.record("pilot_word", at=at, about=pilot)
    return word


def _is_of_another(pilot: Pilot, whose: Participation, words: str) -> bool:
    there = PilotWord.objects.exclude(pilot=pilot).filter(input__participation=whose)
    return there.filter(input__words=words.strip(), input__erased_at=None).exists()
