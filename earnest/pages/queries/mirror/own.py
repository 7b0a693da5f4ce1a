"""What is about oneself: the weekly line, the question to one's own leader, promises, wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from earnest.accounts.models import User
from earnest.core.wording import hints_in
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.messaging.models import Message
from earnest.pages.models import LeaderQuestion, WeeklyLine
from earnest.pages.queries.mirror.spans import monday_of, zone_of
from earnest.pages.queries.mirror.weeks import LEFT
from earnest.promises.models import Promise

LINES_SHOWN = 60  # more than a year of them
MAILS_READ = 30
WORDINGS_SHOWN = 3


def lines_of(user: User, initiative: Initiative | None = None) -> list[WeeklyLine]:
    """Earlier answers, the latest first, and whether this week was answered or left."""
    rows = WeeklyLine.objects.filter(user=user).select_related("initiative")
    here = rows.filter(initiative=initiative) if initiative else rows
    return list(here[:LINES_SHOWN])


def line_of_week(user: User, initiative: Initiative, *, at: datetime) -> WeeklyLine | None:
    """What became of this week's question; None while it waits."""
    rows = WeeklyLine.objects.filter(user=user, initiative=initiative)
    return rows.filter(monday=monday_of(user, at)).first()


def asked_this_week(user: User, *, at: datetime) -> QuerySet[Initiative]:
    """Where this week's question waits: initiatives this user leads, that are not over (4.7)."""
    done = WeeklyLine.objects.filter(
        user=user, initiative=OuterRef("pk"), monday=monday_of(user, at)
    )
    led = initiatives.initiatives_led_by(user).filter(closed_at=None)
    return led.filter(~Exists(done)).order_by("pk")


def questions_of(user: User) -> list[LeaderQuestion]:
    """The one planned, and all that were asked, the latest first (2.22)."""
    return list(LeaderQuestion.objects.filter(user=user)[:LINES_SHOWN])


def questions_due(user: User, *, at: datetime) -> QuerySet[LeaderQuestion]:
    """The question to one's own leader whose day has come; at most one is planned."""
    today = at.astimezone(zone_of(user)).date()
    return LeaderQuestion.objects.filter(user=user, asked_on=None, planned_on__lte=today)


@dataclass(frozen=True, slots=True)
class OpenPromises:
    """What one still owes, and how much of it is past its day."""

    open: int = 0
    late: int = 0


def open_promises(user: User, among: Sequence[Initiative], *, today: date) -> OpenPromises:
    """Own promises that are open now."""
    rows = Promise.objects.ours().open().filter(by=user, initiative__in=[one.pk for one in among])
    counted = rows.order_by().aggregate(open=Count("pk"), late=Count("pk", filter=Q(due__lt=today)))
    return OpenPromises(counted["open"], counted["late"])


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording one uses, how many of the last mails hold it, and what may stand there instead."""

    said: str
    kinder: str
    fits: bool
    why: str
    mails: int


def wordings_of(user: User, among: Sequence[Initiative]) -> list[Wording]:
    """What pressed most often in one's last mails, read anew: no word of it is stored (4.1)."""
    mails = Message.objects.filter(
        by=user,
        initiative__in=[one.pk for one in among],
        state__in=LEFT,
        hints__gt=0,
        words_erased_at=None,
    )
    last = mails.order_by("-sent_at", "-pk").select_related("participation__person")
    seen: Counter[str] = Counter()
    told: dict[str, Wording] = {}
    for mail in last.only("subject", "text", "participation__person__language")[:MAILS_READ]:
        words = f"{mail.subject}\n\n{mail.words_to_read}"
        for shown in hints_in(words, mail.participation.person.speaks):
            hint = shown.hint
            key = hint.said.lower()
            seen[key] += 1
            told.setdefault(key, Wording(hint.said, hint.kinder, hint.fits, hint.why, 0))
    often = sorted(seen, key=lambda one: (-seen[one], one))[:WORDINGS_SHOWN]
    return [_with(told[key], seen[key]) for key in often]


def _with(one: Wording, mails: int) -> Wording:
    return Wording(one.said, one.kinder, one.fits, one.why, mails)
