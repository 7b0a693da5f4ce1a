"""Whom a progress mail reaches, and why it does not reach the others: numbers alone (3.15)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When

from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.plans.models import NewsStop
from earnest.promises.models import Promise, PromiseQuerySet
from earnest.rhythm.cadence import among, teams_below


@dataclass(frozen=True, slots=True)
class Reach:
    """How many get the mail, and why the others do not: numbers alone."""

    told: int
    less: int
    enough: int
    no_address: int
    no_news: int
    not_heard: int
    kept_updated: int  # of those told: by a standing promise

    @property
    def not_now(self) -> int:
        return self.less + self.enough + self.no_address + self.no_news


def _meant(initiative: Initiative, kind: str, team: int | None) -> ParticipationQuerySet:
    """The audience, and everyone we promised to keep updated (model.md)."""
    teams = teams_below({team}).get(team, frozenset()) if team else ()
    here = Participation.objects.may_be_asked().filter(initiative=initiative)
    whole = here.annotate(updated=Exists(_standing()))
    who = among(kind, teams)
    return whole.filter(who | Q(updated=True)) if who else whole  # no Q at all is everyone


def _standing() -> PromiseQuerySet:
    standing = Promise.objects.open().ours().filter(when=Promise.When.STANDING)
    return standing.filter(participation=OuterRef("pk"))


# The first word of us to somebody is no mail to many: they are heard first.
IS_KNOWN = Q(updated=True) | Q(first_told_at__isnull=False) | Q(last_contact_at__isnull=False)


def receivers(initiative: Initiative, kind: str, team: int | None) -> ParticipationQuerySet:
    """Who is told. Who stopped the news of the plan is not; the limits are asked one by one."""
    stopped = NewsStop.objects.filter(participation=OuterRef("pk"))
    return _meant(initiative, kind, team).filter(IS_KNOWN, ~Exists(stopped))


def reach_of(initiative: Initiative, kind: str, team: int | None, *, at: datetime) -> Reach:
    """Before it is sent, by what is stored of each person's limits; one query, two for a team."""
    stopped = NewsStop.objects.filter(participation=OuterRef("pk"))
    rows = _meant(initiative, kind, team).annotate(
        why=Case(
            When(~IS_KNOWN, then=Value("not_heard")),
            When(Exists(stopped), then=Value("no_news")),
            When(person__wants_less_at__isnull=False, then=Value("less")),
            When(
                Q(person__asked_enough_until__gt=at) | Q(person__left_alone_until__gt=at),
                then=Value("enough"),
            ),
            When(person__email="", person__is_example=False, then=Value("no_address")),
            default=Value("told"),
            output_field=CharField(),
        )
    )
    counted = rows.order_by().values("why", "updated").annotate(n=Count("pk"))
    found: Counter[str] = Counter()
    updated = 0
    for one in counted:
        found[one["why"]] += one["n"]
        updated += one["n"] if one["why"] == "told" and one["updated"] else 0
    sorts = ("told", "less", "enough", "no_address", "no_news", "not_heard")
    return Reach(**{why: found[why] for why in sorts}, kept_updated=updated)
