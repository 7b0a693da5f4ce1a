"""Talk first or pitch first: was somebody heard before they were first asked to agree?

A pitch is the first ask for agreement, backing or an act, or a talk in which one mostly explained.
Heard is a talk in which one mostly asked, or their own words in writing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Case, DateField, F, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least, TruncDate

from earnest.accounts.models import User
from earnest.initiatives.models import Participation, ParticipationQuerySet
from earnest.listening.models import Ask, Conversation, InvitationEvent
from earnest.pages.queries.mirror.spans import Span

NEVER = date(9999, 12, 31)
Links: type[Model] = Conversation.people.through
HEARD = Q(conversation__balance=Conversation.Balance.ASKED) | Q(
    conversation__form=Conversation.Form.WRITTEN
)


def asks_to_agree(user: User) -> QuerySet[InvitationEvent]:
    """Each time this user asked somebody for more than their input."""
    sent = InvitationEvent.objects.filter(kind=InvitationEvent.Kind.SENT, invitation__ask__by=user)
    return sent.exclude(invitation__ask__kind=Ask.Kind.INPUT)


def explained(user: User) -> QuerySet[Model]:
    """Each person with whom this user talked and mostly explained."""
    return Links._default_manager.filter(
        conversation__by=user, conversation__balance=Conversation.Balance.EXPLAINED
    )


def with_first_days(rows: ParticipationQuerySet, user: User, span: Span) -> ParticipationQuerySet:
    """Each with ``pitched_on`` and ``heard_on``, the first day of both; None where there is none."""
    asked = asks_to_agree(user).filter(invitation__participation=OuterRef("pk"))
    told = explained(user).filter(participation=OuterRef("pk"))
    heard = Links._default_manager.filter(HEARD, participation=OuterRef("pk"))
    first_asked = asked.annotate(day=TruncDate("at", tzinfo=span.zone)).order_by("at").values("day")
    first_told = told.order_by("conversation__held_on").values("conversation__held_on")
    first_heard = heard.order_by("conversation__held_on").values("conversation__held_on")
    days = {
        "asked_first": Coalesce(Subquery(first_asked[:1]), NEVER, output_field=DateField()),
        "told_first": Coalesce(Subquery(first_told[:1]), NEVER, output_field=DateField()),
        "heard_on": Subquery(first_heard[:1], output_field=DateField()),
    }
    least = Least("asked_first", "told_first", output_field=DateField())
    known = Case(When(least__lt=NEVER, then=F("least")), output_field=DateField())
    return rows.annotate(**days).annotate(least=least).annotate(pitched_on=known)


def pitches_on(
    user: User, initiatives: Sequence[int], span: Span
) -> dict[tuple[int, date], Counter[str]]:
    """By initiative and week: who was asked to agree for the first time, and had been heard."""
    keys = list(initiatives)
    asked = span.among(asks_to_agree(user).filter(invitation__initiative__in=keys), "at")
    told = explained(user).filter(conversation__initiative__in=keys)
    told = span.among(told, "conversation__held_on", by_day=True)
    rows = Participation.objects.filter(
        Q(pk__in=asked.values("invitation__participation")) | Q(pk__in=told.values("participation"))
    )
    found: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    days = with_first_days(rows, user, span).order_by()
    of_each = "initiative", "pitched_on", "heard_on"
    for initiative, day, heard in days.values_list(*of_each):
        monday = day - timedelta(days=day.weekday())
        if monday in span.mondays:
            found[initiative, monday]["pitched"] += 1
            found[initiative, monday]["heard_first"] += heard is not None and heard <= day
    return found
