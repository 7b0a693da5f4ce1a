"""The digest: how it is wanted, taken for a try, handed over, settled; each by compare and set.

Never two on one day of its reader's, and none lost: a try is taken by moving ``next_at``, and that
it may have arrived is written before its first word goes over the line. Whoever dies before that
sent nothing, and it is tried again; whoever dies after it sends no second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from earnest.accounts.models import User
from earnest.core import events
from earnest.rhythm import hours
from earnest.rhythm.models import Digest
from earnest.rhythm.queries.digest import hours_of

LEASE = timedelta(minutes=10)
AGAIN_AFTER = timedelta(minutes=5)  # doubled each time
MOST_TRIES = 6


@dataclass(frozen=True, slots=True)
class DigestChoice:
    """How somebody wants it."""

    every: str
    weekday: int = 0
    hour: int = 8
    quiet_from: int = 19
    quiet_until: int = 7
    away_from: date | None = None
    away_until: date | None = None


@transaction.atomic
def choose_digest(user: User, choice: DigestChoice, *, at: datetime) -> Digest:
    """One's own digest, from now on. Never is a choice, too: it is not offered again."""
    User.objects.select_for_update().get(pk=user.pk)
    row = Digest.objects.select_for_update().filter(user=user).first() or Digest(user=user)
    row.every, row.weekday, row.hour = choice.every, choice.weekday, choice.hour
    row.quiet_from, row.quiet_until = choice.quiet_from, choice.quiet_until
    row.away_from, row.away_until = choice.away_from, choice.away_until
    row.changed_at, row.tries = at, 0
    row.next_at = None
    if choice.every != Digest.Every.OFF:
        row.next_at = hours.first(hours_of(row), at, last_on=row.handed_on or row.last_on)
    row.save()
    events.record("digest_chosen", by=user, at=at, about=row, detail={"every": choice.every})
    return row


def take_digest(row: Digest, *, at: datetime) -> bool:
    """Ours, for this try: nobody else's before the lease is over."""
    until = at + LEASE
    taken = _as_read(row).update(next_at=until, tries=row.tries + 1)
    row.next_at, row.tries = until, row.tries + 1
    return bool(taken)


def say_handed(row: Digest, day: date, *, at: datetime) -> bool:
    """From here on it may have arrived. False where the lease was over, and somebody else has it."""
    if row.next_at is None or row.next_at <= at:
        return False
    row.handed_on = day
    return bool(_as_read(row).update(handed_on=day))


def try_again(row: Digest, *, at: datetime) -> None:
    """It was certainly not sent: a little later, once more."""
    _as_read(row).update(next_at=at + AGAIN_AFTER * 2 ** (row.tries - 1), handed_on=None)


def move_digest(row: Digest, to: datetime, *, at: datetime) -> bool:
    """Not now: quiet hours, a day away, or not their hour yet."""
    return bool(to > at and _as_read(row).update(next_at=to))


@transaction.atomic
def settle_digest(row: Digest, day: date, *, at: datetime, sent: bool) -> bool:
    """This day is done, with a mail or without: the next one stands."""
    done = {"next_at": hours.following(hours_of(row), day), "handed_on": None, "tries": 0}
    if not _as_read(row).update(**done, **({"last_on": day} if sent else {})):
        return False
    if sent:
        events.record("digest_sent", at=at, about=row)
    return True


def pass_over_digests(*, at: datetime) -> int:
    """After a restore: those whose hour has passed may have gone out since the backup; the next one
    says what is. How many were passed over."""
    due = Digest.objects.filter(next_at__lte=at).select_related("user").order_by("pk")
    return sum(settle_digest(row, hours_of(row).day_of(at), at=at, sent=False) for row in due)


def _as_read(row: Digest) -> QuerySet[Digest]:
    """The row, while nothing about it changed: of two who try at once, one does."""
    return Digest.objects.filter(pk=row.pk, next_at=row.next_at, changed_at=row.changed_at)
