"""What joins contexts on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from earnest.accounts.models import User
from earnest.accounts.queries import mail_is_set_up
from earnest.engine.steps import Section
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.pages.queries.mirror import asked_this_week, questions_due
from earnest.promises import access as promises
from earnest.promises.models import Promise
from earnest.rhythm import queries as rhythm
from earnest.rhythm.models import Digest
from earnest.rhythm.queries import Proposed

AT_MOST = 5


@dataclass(frozen=True, slots=True)
class ForOneself:
    """Below everything one owes others: this week's question, one to one's own leader, the digest."""

    asks: Initiative | None  # the first initiative where this week's question waits (4.7)
    leader_pk: int | None  # the question to one's own leader whose day has come (2.22)
    leader_words: str
    offers_digest: bool  # once: whatever is chosen, it is not offered again (3.13)

    def __bool__(self) -> bool:
        return bool(self.asks or self.leader_pk or self.offers_digest)


@dataclass(frozen=True, slots=True)
class Today:
    """At most five things, in their sections; the rest is for later."""

    sections: list[tuple[int, list[Proposed]]]
    later: int
    minutes: int
    count: int
    everything: bool
    is_new: bool
    example: Initiative | None
    next_promise: Promise | None
    own: ForOneself


def today_of(user: User, *, at: datetime, everything: bool) -> Today:
    """Promises first. Counts and minutes are of what is shown."""
    shown, count = rhythm.first_steps(user, at=at, most=None if everything else AT_MOST)
    led = _led(user, at)
    return Today(
        sections=[
            (section, found)
            for section in Section
            if (found := [step for step in shown if step.section == section])
        ],
        later=count - len(shown),
        minutes=sum(step.minutes for step in shown),
        count=len(shown),
        everything=everything,
        is_new=not led,
        example=next((one for one in led if one.is_example), None),
        next_promise=None if shown else _next_promise(user, at),
        own=_for_oneself(led),
    )


def _led(user: User, at: datetime) -> list[Initiative]:
    """What they lead; each row also says what there is for themselves: one query for both."""
    planned = questions_due(user, at=at)
    rows = initiatives.initiatives_led_by(user).only("title", "is_example")
    return list(
        rows.annotate(
            week_waits=Exists(asked_this_week(user, at=at).filter(pk=OuterRef("pk"))),
            leader_pk=Subquery(planned.values("pk")[:1]),
            leader_words=Subquery(planned.values("question")[:1]),
            digest_chosen=Exists(Digest.objects.filter(user=user)),
        )[:50]
    )


def _for_oneself(led: list[Initiative]) -> ForOneself:
    """Out of the rows that ``_led`` reads."""
    waiting = [one for one in led if getattr(one, "week_waits", False)]
    first = led[0] if led else None
    return ForOneself(
        asks=min(waiting, key=lambda one: one.pk, default=None),
        leader_pk=getattr(first, "leader_pk", None),
        leader_words=getattr(first, "leader_words", None) or "",
        offers_digest=mail_is_set_up() and not getattr(first, "digest_chosen", True),
    )


def _next_promise(user: User, at: datetime) -> Promise | None:
    """The first not due before today, by the calendar of its workspace."""
    furthest_back = at.date() - timedelta(days=1)
    rows = promises.owed_by(user).filter(due__gte=furthest_back).order_by("due", "pk")
    coming = rows.select_related("participation__person", "initiative__workspace").iterator()
    return next((one for one in coming if one.due and one.due >= _day(one, at)), None)


def _day(promise: Promise, at: datetime) -> date:
    return promise.initiative.workspace.day(at)
