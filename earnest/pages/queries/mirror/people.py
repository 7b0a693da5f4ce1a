"""The same two lines person by person: whom one holds, the last contact first, never ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from earnest.accounts.models import User
from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.pages.queries.mirror.first import with_first_days
from earnest.pages.queries.mirror.spans import Span, monday_of, mondays_until, zone_of
from earnest.pages.queries.mirror.weeks import Week, counted_with

PAGE = 50


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Somebody held by who looks: what was pushed and what came back, and which came first."""

    participation: Participation
    weeks: list[Week]
    first: str  # "talk", "pitch", "neither"

    @property
    def pushed(self) -> int:
        return sum(week.pushed for week in self.weeks)

    @property
    def back(self) -> int:
        return sum(week.back for week in self.weeks)

    @property
    def no_or_silent(self) -> int:
        return sum(week.no_or_silent for week in self.weeks)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of them, and the key after which the next ones come."""

    people: list[OnePerson]
    after: int | None


def people_on(user: User, initiative: Initiative, *, at: datetime, after: str = "") -> PeoplePage:
    """Those this user holds and was in contact with. Three queries at most, however many."""
    span = Span(mondays_until(monday_of(user, at)), zone_of(user))
    held = Participation.objects.present().filter(
        initiative=initiative, held_by=user, last_contact_at__isnull=False
    )
    rows = with_first_days(_after(held, after), user, span).select_related("person")
    found = list(rows.order_by(F("last_contact_at").desc(), "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    weeks = counted_with(user, [one.pk for one in shown], span) if shown else {}
    people = [OnePerson(one, weeks[one.pk], _first(one)) for one in shown]
    return PeoplePage(people, shown[-1].pk if len(found) > PAGE else None)


def _after(held: ParticipationQuerySet, after: str) -> ParticipationQuerySet:
    key = read_number(after)
    last = held.filter(pk=key).values_list("last_contact_at", flat=True).first() if key else None
    if key is None or last is None:
        return held
    return held.filter(Q(last_contact_at__lt=last) | Q(last_contact_at=last, pk__lt=key))


def _first(one: Participation) -> str:
    heard, pitched = getattr(one, "heard_on", None), getattr(one, "pitched_on", None)
    if heard is None and pitched is None:
        return "neither"
    return "talk" if pitched is None or (heard is not None and heard <= pitched) else "pitch"
