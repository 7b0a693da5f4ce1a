"""How much may be asked of one person, and at which hour: numbers and dates alone (0.6, 3.15).

A file of its own: pure, so that every context can see the same limits, and nobody can override them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext


class MayNotWrite(Exception):
    """Nothing of this kind can go to this person now. ``sentence`` is what the lead is told."""

    def __init__(self, name: str, until: datetime | None = None) -> None:
        super().__init__(type(self).__name__)
        self.name = name
        self.until = until

    @property
    def day(self) -> str:
        """The day from which on it can, as the reader writes days."""
        return date_format(localtime(self.until), "j F") if self.until else ""

    @property
    def sentence(self) -> str:
        """Why, where a sort of it says no more."""
        return gettext("Nothing can go to %(name)s now.") % {"name": self.name}


class AskedEnough(MayNotWrite):
    """The limit over all initiatives is reached: never by whom or for what (privacy.md 9)."""

    @property
    def sentence(self) -> str:
        return gettext(
            "%(name)s has been asked enough for now. From %(day)s you can ask again."
        ) % {"name": self.name, "day": self.day}


class LeftAlone(MayNotWrite):
    """Three times no answer: a rest until a day, ended at once when they write."""

    @property
    def sentence(self) -> str:
        return gettext("%(name)s is left alone until %(day)s, or until they write themselves.") % {
            "name": self.name,
            "day": self.day,
        }


class WantsLess(MayNotWrite):
    """ "Less, please": no reminder and no progress mail."""

    @property
    def sentence(self) -> str:
        return gettext(
            "%(name)s asked for less, so no reminders and no progress mail are sent."
        ) % {"name": self.name}


class NeverWrite(MayNotWrite):
    """They asked that this address is never written to."""

    @property
    def sentence(self) -> str:
        return gettext("%(name)s asked never to be written to.") % {"name": self.name}


class IsSealed(MayNotWrite):
    """It holds a link by which nobody can tell who answered: whoever copied it, could (privacy.md 12)."""

    @property
    def sentence(self) -> str:
        return gettext(
            "This mail holds a link by which %(name)s answers without a name. So that nobody can "
            "know whose answer is whose, it goes straight to %(name)s and is shown to nobody else."
        ) % {"name": self.name}


AT_MOST, IN = 2, timedelta(days=14)
LESS_AT_MOST, LESS_IN = 1, timedelta(days=28)
UNANSWERED, ANSWER_DAYS = 3, 5
REST = timedelta(days=30)
OPENS, CLOSES = time(8), time(18)


def enough_until(
    contacts: Iterable[datetime], *, at: datetime, less: bool = False
) -> datetime | None:
    """When there is room for one more; None when there is now.

    ``contacts`` are the times of those that count, in any order; what still waits to leave counts
    as of now or of the time it is to leave, whichever is later.
    """
    most, span = (LESS_AT_MOST, LESS_IN) if less else (AT_MOST, IN)
    recent = sorted(one for one in contacts if one > at - span)
    return recent[-most] + span if len(recent) >= most else None


def working_moment(at: datetime, zone: str) -> datetime:
    """``at``, or the next moment from Monday to Friday, eight to six, where they live."""
    there = at.astimezone(ZoneInfo(zone))
    if there.weekday() < 5 and there.time() < OPENS:
        return _opening(there)
    if there.weekday() < 5 and there.time() < CLOSES:
        return at
    following = there + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return _opening(following)


def _opening(there: datetime) -> datetime:
    return there.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def days_to_answer(asked: date, today: date, away: Iterable[tuple[date, date]]) -> int:
    """Days since they were asked on which they were there: away is not silent (2.1)."""
    gone = list(away)
    days = (asked + timedelta(days=n) for n in range(1, (today - asked).days + 1))
    return sum(not any(first <= day <= last for first, last in gone) for day in days)
