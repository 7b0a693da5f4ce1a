"""A plan with parts, and people whose words it came from, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from earnest.initiatives.models import Participation
from earnest.listening.models import Need, Quote
from earnest.plans import actions, queries
from earnest.plans.actions import PartDraft, Publication
from earnest.plans.models import Input, Part, Reply, Version
from earnest.plans.queries import Chosen
from tests.worlds import NOW, World

WHY = "Fridays are too full"


def a_part(world: World, title: str = "Weekend cover", **more: Any) -> Part:
    draft = PartDraft(title, more.pop("why", WHY), **more)
    return actions.add_part(world.initiative, draft, by=world.lead, at=NOW)


def an_input(world: World, whom: Participation, part: Part, **more: Any) -> Input:
    """Something they asked for, answered with this part."""
    quote = Quote.objects.create(
        initiative=world.initiative,
        participation=whom,
        words="Forty open slots",
        said_on=NOW.date(),
        passed_on=more.pop("passed_on", Quote.PassedOn.LEADS_ONLY),
    )
    given = Input.objects.create(
        initiative=world.initiative,
        participation=whom,
        source=Input.Source.QUOTE,
        quote=quote,
        words=quote.words,
        at=NOW,
        outcome="used",
        answered_at=NOW,
    )
    Reply.objects.create(
        initiative=world.initiative, input=given, outcome="used", part=part, by=world.lead, at=NOW
    )
    return given


def a_need(world: World, part: Part, *whose: Participation, people: int = 0) -> Need:
    """A need they named, answered with this part."""
    need = Need.objects.create(
        initiative=world.initiative,
        words="something that lasts",
        made_at=NOW,
        people_count=people or len(whose),
        called_at=NOW,
    )
    for one in whose:
        need.named.create(participation=one, at=NOW)
    Reply.objects.create(
        initiative=world.initiative, need=need, outcome="used", part=part, by=world.lead, at=NOW
    )
    return need


def publish(world: World, summary: str = "The first", *, at: datetime = NOW) -> Version:
    """As it stands, with everything ticked."""
    coming = queries.next_version(world.initiative)
    chosen = {
        one.part.pk: Chosen(frozenset(x.pk for x in one.inputs), frozenset(x.pk for x in one.needs))
        for one in coming.changes
    }
    said = Publication(coming.number, coming.mark, summary, chosen)
    return actions.publish(world.initiative, said, by=world.lead, at=at)
