"""What one lead pushed, week by week, and what came back (0.5): counted, never held against anyone.

Weeks begin on Monday, by the clock of whoever looks. What is well over is stored, in numbers; the
last weeks are counted from what was sent, said, promised and done, in one query.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Model, QuerySet, Value
from django.db.models.aggregates import Count, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative
from earnest.listening.models import Conversation, InvitationEvent
from earnest.messaging.models import Message
from earnest.pages.models import MirrorWeek
from earnest.pages.queries.mirror.first import pitches_on
from earnest.pages.queries.mirror.spans import WEEK, Span, monday_of, mondays_until, zone_of
from earnest.promises.models import Promise, PromiseEvent

STORED_AFTER = 3  # the week it is, and the two before, are counted when they are shown
LEFT = (Message.State.SENT, Message.State.BY_HAND)
PUSHES = ("asks", "nudges", "explained")
BACK = ("accepted", "written", "came", "did")
NO_OR_SILENT = ("declined", "silent")
COUNTS = (
    *(*PUSHES, *BACK, *NO_OR_SILENT),
    *("pitched", "heard_first", "kept", "kept_late", "moved", "missed", "sent", "hints"),
)
Kind = InvitationEvent.Kind
# What each thing that happened counts as. Named somebody else: that is an answer in words, too.
COUNTS_AS: dict[str, str] = {
    Message.Kind.ASK: "asks",
    Message.Kind.NUDGE: "nudges",
    Kind.ACCEPTED: "accepted",
    Kind.PROPOSED: "accepted",
    Kind.ANSWERED: "written",
    Kind.REFERRED: "written",
    Kind.CAME: "came",
    Kind.DECLINED: "declined",
    Kind.CANCELLED: "declined",
    Kind.DID_NOT_COME: "declined",
    Kind.LAPSED: "silent",
}
ANSWERS = tuple(kind for kind in COUNTS_AS if isinstance(kind, Kind))


@dataclass(frozen=True, slots=True)
class Week:
    """One week, and how often each thing happened in it."""

    monday: date
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def pushed(self) -> int:
        """Asks, nudges, and talks in which one mostly explained."""
        return sum(self.counts[name] for name in PUSHES)

    @property
    def back(self) -> int:
        """Said yes to a time, wrote, came, did."""
        return sum(self.counts[name] for name in BACK)

    @property
    def no_or_silent(self) -> int:
        return sum(self.counts[name] for name in NO_OR_SILENT)


def weeks_of(user: User, initiatives: Sequence[Initiative], *, at: datetime) -> list[Week]:
    """The last half year on these initiatives together. Three queries, however much happened."""
    mondays = mondays_until(monday_of(user, at))
    keys = [one.pk for one in initiatives]
    stored = _stored(user, keys, mondays)
    live = tuple(
        monday
        for monday in mondays
        if any(
            (one.pk, monday) not in stored and _had_begun(one, monday, user) for one in initiatives
        )
    )
    if live:
        first = live[0]
        span = Span(tuple(one for one in mondays if one >= first), zone_of(user))
        counted = counted_on(user, keys, span)
    else:
        counted = {}
    totals: dict[date, Counter[str]] = defaultdict(Counter)
    for (_key, monday), counts in {**counted, **stored}.items():
        totals[monday].update(counts)
    return [Week(monday, totals[monday]) for monday in mondays]


def _had_begun(initiative: Initiative, monday: date, user: User) -> bool:
    return initiative.made_at.astimezone(zone_of(user)).date() < monday + WEEK


def _stored(
    user: User, keys: list[int], mondays: Sequence[date]
) -> dict[tuple[int, date], Counter[str]]:
    rows = MirrorWeek.objects.filter(
        user=user, initiative__in=keys, monday__gte=mondays[0], monday__lte=mondays[-1]
    )
    return {
        (row.initiative_id, row.monday): Counter({name: getattr(row, name) for name in COUNTS})
        for row in rows
    }


type Tallied = QuerySet[Model, tuple[int, int, str, int, int, int]]


def counted_on(
    user: User, initiatives: Sequence[int], span: Span
) -> dict[tuple[int, date], Counter[str]]:
    """By initiative and week, from what was sent, said and done. Two queries."""
    rows = [
        *_pushed_and_back(user, span, "initiative", initiatives),
        *_own_promises(user, span, initiatives),
    ]
    found = _by_key_and_week(rows, span)
    for (key, monday), counts in pitches_on(user, initiatives, span).items():
        found[key, monday].update(counts)
    return found


def counted_with(user: User, participations: Sequence[int], span: Span) -> dict[int, list[Week]]:
    """The same with each of these people. One query."""
    found = _by_key_and_week(_pushed_and_back(user, span, "participation", participations), span)
    return {
        key: [Week(monday, found[key, monday]) for monday in span.mondays] for key in participations
    }


def _by_key_and_week(parts: Sequence[Tallied], span: Span) -> dict[tuple[int, date], Counter[str]]:
    found: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    first, *others = parts
    for key, week, sort, count, looked_at, hints in first.union(*others, all=True):
        counts = found[key, span.mondays[week]]
        counts[COUNTS_AS.get(sort, sort)] += count
        counts["sent"] += looked_at
        counts["hints"] += hints
    return found


def _pushed_and_back(user: User, span: Span, on: str, keys: Iterable[int]) -> list[Tallied]:
    """Pushes, and what followed; ``on`` is "initiative" or "participation", ``keys`` which."""
    here = {f"{on}__in": list(keys)}
    by_name = {"people__in" if on == "participation" else f"{on}__in": here[f"{on}__in"]}
    mails = Message.objects.filter(by=user, state__in=LEFT, **here)
    talks = Conversation.objects.filter(by=user, balance=Conversation.Balance.EXPLAINED, **by_name)
    events = InvitationEvent.objects.filter(
        invitation__ask__by=user, kind__in=ANSWERS, **{f"invitation__{on}__in": here[f"{on}__in"]}
    ).exclude(kind=Kind.CANCELLED, ours=True)
    done = Promise.objects.theirs().filter(state=Promise.State.KEPT, **here)
    unnamed = done.filter(by=None, participation__held_by=user)  # promised on their own page
    looked_at = {"looked_at": Count("hints"), "pressing": Coalesce(Sum("hints"), 0)}
    whom = "people" if on == "participation" else on
    return [
        _tallied(span.among(mails, "sent_at"), on, F("kind"), **looked_at),
        _tallied(span.among(talks, "held_on", by_day=True), whom, Value("explained")),
        _tallied(span.among(events, "at"), f"invitation__{on}", F("kind")),
        _tallied(span.among(done.filter(by=user), "state_at"), on, Value("did")),
        _tallied(span.among(unnamed, "state_at"), on, Value("did")),
    ]


def _own_promises(user: User, span: Span, initiatives: Sequence[int]) -> list[Tallied]:
    """What one promised oneself: kept, late, missed; moved in time, which is no fault."""
    own = Promise.objects.ours().filter(by=user, initiative__in=list(initiatives))
    over = own.filter(state__in=(Promise.State.KEPT, Promise.State.MISSED))
    late = span.among(own.filter(state=Promise.State.KEPT, kept_late=True), "state_at")
    moved = PromiseEvent.objects.filter(
        promise__by=user,
        promise__direction=Promise.Direction.OURS,
        promise__initiative__in=list(initiatives),
        kind=PromiseEvent.Kind.MOVED,
        due_before__gte=TruncDate("at", tzinfo=span.zone),
    )
    return [
        _tallied(span.among(over, "state_at"), "initiative", F("state")),
        _tallied(late, "initiative", Value("kept_late")),
        _tallied(span.among(moved, "at"), "promise__initiative", Value("moved")),
    ]


def _tallied[M: Model](rows: QuerySet[M], on: str, sort: Combinable, **more: Combinable) -> Tallied:
    """Counted by whom or what they are about, week and sort: six columns, alike everywhere."""
    extra = {"looked_at": Value(0), "pressing": Value(0), **more}
    grouped = rows.annotate(about=F(on), sort=sort).order_by().values("about", "week", "sort")
    counted = grouped.annotate(number=Count("pk"), **extra)
    columns = "about", "week", "sort", "number", "looked_at", "pressing"
    tallied: Tallied = counted.values_list(*columns)
    return tallied
