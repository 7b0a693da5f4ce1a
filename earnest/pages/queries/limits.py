"""How often somebody is asked at most, in words they can read on their own page (0.6, 3.15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from earnest.messaging import limits
from earnest.people.models import Person


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so often in so many days; and until when nobody asks at all."""

    most: int
    days: int
    enough_until: datetime | None
    alone_until: datetime | None

    @property
    def often(self) -> str:
        """The number of times, as one says it."""
        words = {1: _("once"), 2: _("twice")}
        return str(words.get(self.most) or _("%(n)s times") % {"n": self.most})


def limits_of(person: Person, *, at: datetime) -> Limits:
    """As stored: nobody learns by whom or for what they were asked (privacy.md 9)."""
    less = person.wants_less_at is not None
    return Limits(
        limits.LESS_AT_MOST if less else limits.AT_MOST,
        (limits.LESS_IN if less else limits.IN).days,
        _ahead(person.asked_enough_until, at),
        _ahead(person.left_alone_until, at),
    )


def _ahead(until: datetime | None, at: datetime) -> datetime | None:
    return until if until and until > at else None
