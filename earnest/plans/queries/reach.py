"""How many can be told, before they are: by what is stored of each person's limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from earnest.initiatives.models import ParticipationQuerySet


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of them a mail can go to now, and to how many it cannot."""

    told: int
    not_now: int


def reach_of(people: ParticipationQuerySet, *, at: datetime) -> Reach:
    """Counted in one query; what is true is found out as each mail is laid ready."""
    free = (
        ~Q(person__email="")
        & Q(person__wants_less_at=None)
        & ~Q(person__asked_enough_until__gt=at)
        & ~Q(person__left_alone_until__gt=at)
    )
    found = people.aggregate(all=Count("pk"), free=Count("pk", filter=free))
    return Reach(found["free"], found["all"] - found["free"])
