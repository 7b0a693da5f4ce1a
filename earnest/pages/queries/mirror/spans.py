"""Weeks of the mirror: from Monday to Sunday, by the clock of whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, Model, QuerySet, When

from earnest.accounts.models import User
from earnest.core import weeks

SHOWN = 26  # weeks on the page
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """The weeks that are counted, and whose clock says when each begins."""

    mondays: tuple[date, ...]
    zone: ZoneInfo

    def begins(self, monday: date) -> datetime:
        return datetime.combine(monday, time(), self.zone)

    def among[M: Model](
        self, rows: QuerySet[M], column: str, *, by_day: bool = False
    ) -> QuerySet[M]:
        """The rows whose moment, or day, lies in these weeks, each with the number of its week."""
        edges = [*self.mondays, self.mondays[-1] + WEEK]
        at = edges if by_day else [self.begins(one) for one in edges]
        numbered = (When(**{f"{column}__lt": end}, then=n) for n, end in enumerate(at[1:]))
        inside: Any = rows.filter(**{f"{column}__gte": at[0], f"{column}__lt": at[-1]})
        found: QuerySet[M] = inside.annotate(week=Case(*numbered, output_field=IntegerField()))
        return found


def zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.time_zone)


def monday_of(user: User, at: datetime) -> date:
    """The week it is where this user lives."""
    return weeks.monday_of(at.astimezone(zone_of(user)).date())


def mondays_until(last: date, count: int = SHOWN) -> tuple[date, ...]:
    """So many weeks, the last of them beginning on this Monday."""
    return tuple(last - WEEK * n for n in reversed(range(count)))
