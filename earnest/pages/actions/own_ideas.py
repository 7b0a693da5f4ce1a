"""What a person does with an idea of theirs in a space, wherever its words were copied to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.ideas.models import Idea
from earnest.pages.search import index
from earnest.plans import actions as plans


@transaction.atomic
def change(idea: Idea, words: str, passed_on: str | None, *, at: datetime) -> bool:
    """In other words, and how the plan may name them; None where there are no names."""
    credited = passed_on is not None and plans.credit_idea(idea, passed_on, at=at)
    if not plans.mend_idea(idea, words, at=at):
        return credited
    index.purge()
    return True


@transaction.atomic
def take_back(idea: Idea, *, at: datetime) -> bool:
    """Its words stand nowhere any more; what grew from it stays. True if now."""
    if not plans.mend_idea(idea, "", at=at):
        return False
    index.purge()
    return True
