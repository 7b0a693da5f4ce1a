"""Inputs, needs and check-ins in a test, as people gave them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from earnest.checkins.models import Round
from earnest.ideas import actions as ideas
from earnest.ideas.models import Idea
from earnest.initiatives.models import Participation
from earnest.listening.models import Need, NeedNamed, Quote
from earnest.plans import actions
from earnest.plans.actions import Noted
from earnest.plans.models import Input
from tests.worlds import NOW, World

FRIDAY = "On a Friday I have forty open slots."
A_YEAR = "Let us keep the old form beside it for a year."


def a_quote(whose: Participation, words: str = FRIDAY, **fields: Any) -> Quote:
    return Quote.objects.create(
        **{
            "initiative": whose.initiative,
            "participation": whose,
            "words": words,
            "said_on": NOW.date(),
            **fields,
        }
    )


def an_idea(world: World, whose: Participation | None, words: str = "Paint the line") -> Idea:
    draft = ideas.Draft(words, NOW.date(), whose)
    return ideas.note_idea(world.initiative, draft, by=world.lead, at=NOW)


def an_input(
    world: World,
    whose: Participation | None,
    words: str = A_YEAR,
    *,
    at: datetime = NOW,
    on: date | None = None,
) -> Input:
    """Noted by a lead."""
    noted = Noted(words, on or at.date(), whose)
    return actions.note_input(world.initiative, noted, by=world.lead, at=at)


def a_need(
    world: World, *named: Participation, words: str = "something that lasts", at: datetime = NOW
) -> Need:
    """Named by these people; counts are stored as listening does."""
    need = Need.objects.create(
        initiative=world.initiative,
        words=words,
        made_at=at,
        people_count=len(named),
        first_named_at=at,
    )
    for one in named:
        NeedNamed.objects.create(need=need, participation=one, at=at)
    return need


def a_round(world: World, *, anonymous: bool, lines: dict[Any, str], at: datetime = NOW) -> Round:
    """Closed, with these open lines."""
    made = Round.objects.create(
        initiative=world.initiative,
        by=world.lead,
        is_anonymous=anonymous,
        closes_on=at.date(),
        asked_count=2,
        made_at=at,
        opened_at=at,
        closed_at=at,
        answer_count=len(lines),
    )
    made.asked.add(world.joan, world.sam)
    for whose, words in lines.items():
        if anonymous:
            made.lines.create(words=words)
        else:
            made.named.create(participation=whose, line=words, at=at)
    return made
