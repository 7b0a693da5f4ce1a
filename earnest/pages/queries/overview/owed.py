"""What we owe, and whether we heard before we asked (2.17, 3.11, 2.8); three queries for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, F, IntegerField, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from earnest.initiatives.models import Initiative
from earnest.listening.models import Ask, Conversation, Invitation, LargeAsk, Need
from earnest.listening.queries.asks import MET, EarlyTest, asks_due, large_asks
from earnest.plans import queries as plans
from earnest.plans.queries.connecting import gaps_of
from earnest.promises.models import Promise, Tally
from earnest.standing import queries as standing
from earnest.standing.queries import Doers

LONG = 14  # days to an answer: the whole of the bar
FOR_A_YES = (Ask.Kind.GREEN_LIGHT, Ask.Kind.BACKING, Ask.Kind.ACT)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    n: int
    all: int

    @property
    def per_cent(self) -> int:
        return self.n * 100 // self.all if self.all else 0

    @property
    def left(self) -> int:
        return self.all - self.n


@dataclass(frozen=True, slots=True)
class Owed:
    """The four meters. Promises: of ours, those whose day came or that were settled before it."""

    promises: Share
    promises_open: int  # not due yet, or without a day
    promises_late: int
    kept_late: int
    inputs: Share
    median_days: int | None
    oldest_days: int | None
    heard_first: Share  # of those asked for a yes or an act, who was heard before that ask left

    @property
    def days_share(self) -> int:
        return min(100, (self.median_days or 0) * 100 // LONG)

    @property
    def promised(self) -> int:
        return self.promises.all + self.promises_open


@dataclass(frozen=True, slots=True)
class Numbers:
    """All that is counted in one row of scalars."""

    owed: Owed
    early: EarlyTest
    needs: int
    gaps: int
    first_talk: date | None
    measures: int
    doers: Doers | None  # an estimate, of five people and more


def numbers_of(initiative: Initiative, *, at: datetime) -> Numbers:
    """Each count a subquery over its own index, in one query; two more for what needs rows."""
    today = initiative.workspace.day(at)
    counts: dict[str, Any] = {
        **_promises(initiative, today),
        **_inputs(initiative),
        **_small_asks(initiative, today),
    }
    needs = Need.objects.filter(initiative=initiative, people_count__gt=0)
    talks = Conversation.objects.filter(initiative=initiative).order_by("held_on")
    counts["need_count"] = _count(needs)
    counts["gap_count"] = _count(gaps_of(initiative).filter(people_count__gt=0))
    counts["measure_count"] = _count(initiative.measures.filter(closed_at=None))
    counts["first_talk"] = Subquery(talks.values("held_on")[:1])
    if initiative.workspace.estimates:
        counts["doers"] = standing.doers_of(initiative)
    row = Initiative.objects.filter(pk=initiative.pk).values_list(*counts.values()).get()
    found = dict(zip(counts, row, strict=True))
    return Numbers(
        owed=_owed(initiative, found, at=at),
        early=EarlyTest(found["asks_due"], found["asks_met"], _large(found["large"])),
        needs=found["need_count"],
        gaps=found["gap_count"],
        first_talk=found["first_talk"],
        measures=found["measure_count"],
        doers=standing.read_doers(found.get("doers")),
    )


def _count(rows: QuerySet[Any], of: Aggregate | None = None) -> Coalesce:
    """A number of rows as a scalar; nought where there are none."""
    counted = rows.order_by().values("initiative").annotate(n=of or Count("pk")).values("n")
    return Coalesce(Subquery(counted[:1], output_field=IntegerField()), 0)


def _promises(initiative: Initiative, today: date) -> dict[str, Any]:
    ours = Promise.objects.filter(initiative=initiative).ours()
    tally = Tally.objects.filter(initiative=initiative, direction=Promise.Direction.OURS)
    stored = {name: _count(tally, Sum(name)) for name in ("kept", "late", "missed")}
    waiting = ours.open()
    return stored | {
        "overdue": _count(waiting.filter(day__lt=today)),
        "coming": _count(waiting.filter(day__gte=today)),
    }


def _inputs(initiative: Initiative) -> dict[str, Any]:
    """Since when the oldest of what waits waits: of inputs, and of needs."""
    inputs = plans.open_inputs(initiative).annotate(waits=F("at")).order_by("waits")
    needs = plans.open_needs(initiative).annotate(waits=plans.SINCE).order_by("waits")
    return {
        "oldest_input": Subquery(inputs.values("waits")[:1]),
        "oldest_need": Subquery(needs.values("waits")[:1]),
    }


def _small_asks(initiative: Initiative, today: date) -> dict[str, Any]:
    """The early test in scalars: small asks due, those met, and the large one behind them."""
    due = asks_due(initiative, today=today)
    return {
        "asks_due": _count(due),
        "asks_met": _count(due.filter(state__in=MET)),
        "large": Subquery(large_asks(initiative).values("words")[:1]),
    }


def _heard_first(initiative: Initiative) -> Share:
    """People asked for a yes or an act: of all of them, those heard before the first such ask.

    One query, from the few asks of that kind to who was asked: there may be many more others.
    """
    asks = Ask.objects.filter(initiative=initiative, kind__in=FOR_A_YES)
    asked = Invitation.objects.filter(ask__in=asks.values("pk"), sent_at__isnull=False)
    heard_at = F("participation__rung__heard_at")
    not_first = Q(participation__rung__heard_at=None) | Q(sent_at__lt=heard_at)
    found = asked.order_by().aggregate(
        all=Count("participation", distinct=True),
        others=Count("participation", filter=not_first, distinct=True),
    )
    return Share(found["all"] - found["others"], found["all"])


def _owed(initiative: Initiative, found: dict[str, Any], *, at: datetime) -> Owed:
    days = plans.days_of_answers(initiative)
    answered = sum(many for _days, many in days)
    due = found["kept"] + found["missed"] + found["overdue"]
    return Owed(
        promises=Share(found["kept"], due),
        promises_open=found["coming"],
        promises_late=found["overdue"],
        kept_late=found["late"],
        inputs=Share(answered, answered + initiative.inputs_open),
        median_days=plans.middle_of(days),
        oldest_days=_oldest(initiative, found, at=at),
        heard_first=_heard_first(initiative),
    )


def _oldest(initiative: Initiative, found: dict[str, Any], *, at: datetime) -> int | None:
    since = [one for one in (found["oldest_input"], found["oldest_need"]) if one]
    day = initiative.workspace.day
    return (day(at) - day(min(since))).days if since else None


def _large(words: str | None) -> LargeAsk | None:
    return LargeAsk(words=words) if words else None
