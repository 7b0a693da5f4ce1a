"""Talk first or pitch first: was somebody heard before they were first asked to agree?

A pitch is the first ask for agreement, backing or an act, or a talk in which one mostly explained.
Heard is a talk in which one mostly asked, whoever held it, or their own words in writing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Min, Model, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from earnest.accounts.models import User
from earnest.core import weeks
from earnest.listening.models import Ask, Conversation, InvitationEvent
from earnest.pages.queries.mirror.spans import Span

Links: type[Model] = Conversation.people.through
HEARD = Q(conversation__balance=Conversation.Balance.ASKED) | Q(
    conversation__form=Conversation.Form.WRITTEN
)


@dataclass(frozen=True, slots=True)
class First:
    """The first day somebody was heard, and the first on which one pitched; None: never."""

    heard: date | None
    pitched: date | None

    @property
    def came(self) -> str:
        """Which came first: "talk", "pitch", "neither"; on the same day it was the talk."""
        if self.heard is None:
            return "neither" if self.pitched is None else "pitch"
        return "talk" if self.pitched is None or self.heard <= self.pitched else "pitch"


def firsts_with(user: User, participations: Sequence[int], span: Span) -> dict[int, First]:
    """Of these people. One query."""
    return {key: first for (_where, key), first in _firsts(user, span, participations).items()}


def pitches_on(
    user: User, initiatives: Sequence[int], span: Span
) -> dict[tuple[int, date], Counter[str]]:
    """By initiative and week: who was pitched to for the first time, and had been heard. One query."""
    found: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    for (where, _key), first in _firsts(user, span, initiatives, on="initiative").items():
        if first.pitched is None:
            continue
        monday = weeks.monday_of(first.pitched)
        if monday in span.mondays:
            found[where, monday]["pitched"] += 1
            found[where, monday]["heard_first"] += first.came == "talk"
    return found


def _firsts(
    user: User, span: Span, keys: Sequence[int], *, on: str = "participation"
) -> dict[tuple[int, int], First]:
    """By initiative and participation. Grouped, never asked for each row anew: 10,000 are few so."""
    talks = "participation__in" if on == "participation" else "conversation__initiative__in"
    asked = InvitationEvent.objects.filter(
        kind=InvitationEvent.Kind.SENT, invitation__ask__by=user, **{f"invitation__{on}__in": keys}
    ).exclude(invitation__ask__kind=Ask.Kind.INPUT)
    links = Links._default_manager.filter(**{talks: keys})
    told = links.filter(conversation__by=user, conversation__balance=Conversation.Balance.EXPLAINED)
    held_on = Min("conversation__held_on")
    asked_on = TruncDate(Min("at"), tzinfo=span.zone)
    of_talk, of_ask = "conversation__initiative", "invitation__initiative"
    heard = _named(links.filter(HEARD), of_talk, "participation", "talk").annotate(day=held_on)
    parts = (
        _named(told, of_talk, "participation", "pitch").annotate(day=held_on),
        _named(asked, of_ask, "invitation__participation", "pitch").annotate(day=asked_on),
    )
    days: dict[tuple[int, int], dict[str, date]] = defaultdict(dict)
    for where, key, sort, day in heard.union(*parts, all=True).order_by():
        there = days[where, key]
        there[sort] = min(day, there.get(sort, day))
    return {key: First(one.get("talk"), one.get("pitch")) for key, one in days.items()}


def _named(rows: QuerySet[Model], where: str, whom: str, sort: str) -> QuerySet[Model, Any]:
    """One row for each person: where, who, and what it was the first of."""
    named = rows.annotate(there=F(where), about=F(whom), sort=Value(sort, CharField()))
    found: QuerySet[Model, Any] = named.order_by().values_list("there", "about", "sort")
    return found
