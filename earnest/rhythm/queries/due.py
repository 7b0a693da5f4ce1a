"""Who is due a word now, who is asked enough, and what comes next week: by what is stored (3.15).

A talk is counted from the last real contact: talks, what they said, what we answered. A mail is
counted from that, or from the last mail of its sort, whichever is later: one that nobody answered
is no contact, so it never puts the next talk off; but neither is it sent again the next day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from earnest.core.paging import read_moment_key, write_moment_key
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.listening.models import Invitation
from earnest.messaging.models import Message
from earnest.people.models import Away
from earnest.rhythm.cadence import Plan, among, standing_on
from earnest.rhythm.models import How

PAGE = 50
THEIR_TURN = (
    Invitation.State.WAITING,
    Invitation.State.SENT,
    Invitation.State.PROPOSED,
    Invitation.State.ACCEPTED,
)
GONE = (Message.State.WITHDRAWN, Message.State.FAILED)


def due(
    initiative: Initiative, plan: Plan, how: str, *, at: datetime, today: date
) -> ParticipationQuerySet:
    """Everyone due a word of this sort now, and free to be written to or spoken with.

    The fewest days stand there apart, so that the index of last contacts is walked, and no further.
    """
    fewest = min((word.days for word in plan.of(how)), default=0)
    rows = _sorted_out(initiative, how, at=at, today=today)
    rows = rows.filter(last_contact_at__lte=at - timedelta(days=fewest))  # on_it_contact
    return rows.filter(is_over(plan, how, at), Q(state="free"))


def _sorted_out(
    initiative: Initiative, how: str, *, at: datetime, today: date
) -> ParticipationQuerySet:
    """Why somebody gets none now, whatever the plan says: their own wish first, then the limits."""
    away = Away.objects.filter(person=OuterRef("person"), first_day__lte=today, last_day__gte=today)
    asked = Invitation.objects.filter(participation=OuterRef("pk"), state__in=THEIR_TURN)
    whens = [
        When(person__wants_less_at__isnull=False, then=Value("less")),
        When(person__left_alone_until__gt=at, then=Value("resting")),
        When(person__asked_enough_until__gt=at, then=Value("enough")),
        When(Exists(away), then=Value("away")),
    ]
    if how == How.TALK:
        whens.append(When(Exists(asked), then=Value("their_turn")))
    here = Participation.objects.may_be_asked().filter(initiative=initiative)
    # Who leads may be on it too: nobody is told to talk with themselves.
    here = here.exclude(person__user=F("held_by"))
    here = here.alias(address=Lower("person__email")).exclude(address=Lower("held_by__email"))
    state = Case(*whens, default=Value("free"), output_field=CharField())
    return here.annotate(state=state)


def is_over(plan: Plan, how: str, at: datetime) -> Q:
    """Any interval that counts for them is over: so the shortest does."""
    by_days: dict[int, Q] = {}
    for word in plan.of(how):
        who = among(word.kind, word.teams) & standing_on(word.rung)
        by_days[word.days] = by_days.get(word.days, Q(pk__in=())) | who
    over = Q(pk__in=())
    for days, who in by_days.items():
        over |= who & _without_word(how, at - timedelta(days=days))
    return over


def _without_word(how: str, since: datetime) -> Q:
    if how == How.TALK:
        return Q(last_contact_at__lte=since)
    told = Message.objects.filter(participation=OuterRef("pk"), kind=how, made_at__gt=since)
    return Q(last_contact_at__lte=since) & ~Q(Exists(told.exclude(state__in=GONE)))


@dataclass(frozen=True, slots=True)
class DuePage:
    """People due a word, the longest without one first; the key after which the next ones come."""

    rows: list[Participation]
    after: str


def due_page(rows: QuerySet[Participation], *, after: str) -> DuePage:
    """Fifty by key: the moment itself, so that a word noted between two pages moves nobody else."""
    rows = rows.order_by("last_contact_at", "pk")
    if key := read_moment_key(after):
        last, pk = key
        rows = rows.filter(Q(last_contact_at__gt=last) | Q(last_contact_at=last, pk__gt=pk))
    found = list(rows.select_related("person", "held_by", "rung")[: PAGE + 1])
    last_row = found[PAGE - 1] if len(found) > PAGE else None
    more = last_row and last_row.last_contact_at
    return DuePage(found[:PAGE], write_moment_key(more, last_row.pk) if last_row and more else "")


def counts_of(initiative: Initiative, audiences: Iterable[tuple[int, Q]]) -> dict[int, int]:
    """How many people are in each audience, in one query."""
    here = Participation.objects.present().filter(initiative=initiative)
    asked = {f"n{key}": Count("pk", filter=who) for key, who in audiences if who}
    found = here.aggregate(**asked) if asked else {}
    return {int(name[1:]): count for name, count in found.items()}
