"""What a person does with an answer of theirs to an open question, wherever its words were copied to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.ideas.models import Answer
from earnest.pages.search import index
from earnest.plans import actions as plans


@transaction.atomic
def change(answer: Answer, words: str, *, at: datetime) -> bool:
    """That is not what I meant: in other words, everywhere. True if changed."""
    if not plans.mend_answer(answer, words, at=at):
        return False
    index.purge()
    return True


@transaction.atomic
def take_back(answer: Answer, *, at: datetime) -> bool:
    """Its words stand nowhere any more. True if now."""
    return change(answer, "", at=at)
