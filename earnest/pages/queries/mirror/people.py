"""The same two lines person by person: whom one holds, the last contact first, never ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from earnest.accounts.models import User
from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.pages.queries.mirror.first import First, firsts_with
from earnest.pages.queries.mirror.spans import Span, monday_of, mondays_until, zone_of
from earnest.pages.queries.mirror.weeks import Week, counted_with

PAGE = 50
NEITHER = First(None, None)


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
    after: str


def people_on(user: User, initiative: Initiative, *, at: datetime, after: str = "") -> PeoplePage:
    """Those this user holds and was in contact with. Three queries, however many."""
    span = Span(mondays_until(monday_of(user, at)), zone_of(user))
    held = Participation.objects.present().filter(
        initiative=initiative, held_by=user, last_contact_at__isnull=False
    )
    rows = _after(held, after).select_related("person")
    found = list(rows.order_by("-last_contact_at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    keys = [one.pk for one in shown]
    weeks = counted_with(user, keys, span) if shown else {}
    firsts = firsts_with(user, keys, span) if shown else {}
    people = [OnePerson(one, weeks[one.pk], firsts.get(one.pk, NEITHER).came) for one in shown]
    return PeoplePage(people, _key(shown[-1]) if len(found) > PAGE else "")


def _key(last: Participation) -> str:
    """Moment and number of the last row: the next ones follow it, whatever moves meanwhile."""
    return f"{last.last_contact_at.isoformat() if last.last_contact_at else ''}~{last.pk}"


def _after(held: ParticipationQuerySet, after: str) -> ParticipationQuerySet:
    moment, _sep, number = after.partition("~")
    try:
        last = datetime.fromisoformat(moment)
    except ValueError:
        return held
    pk = read_number(number)
    if pk is None or last.tzinfo is None:
        return held
    return held.filter(Q(last_contact_at__lt=last) | Q(last_contact_at=last, pk__lt=pk))
