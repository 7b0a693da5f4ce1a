"""Whom a progress mail reaches, and why it does not reach the others: numbers alone (3.15)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.plans.models import NewsStop
from earnest.promises.models import Promise, PromiseQuerySet
from earnest.rhythm.cadence import among, among_sql, teams_below


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

    @property
    def left_out(self) -> int:
        """Everyone of the audience who gets none, for whatever reason."""
        return self.not_now + self.not_heard


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


# Each of them is looked at once. promise_standing
REACH = """WITH looked_at AS MATERIALIZED (
    SELECT t.first_told_at, t.last_contact_at, p.wants_less_at, p.asked_enough_until,
        p.left_alone_until, p.email, p.is_example, n.participation_id AS stopped,
        CASE WHEN {who} THEN 1 ELSE 0 END AS meant,
        CASE WHEN EXISTS (
            SELECT 1 FROM promises_promise m WHERE m.participation_id = t.id
            AND m.initiative_id = t.initiative_id AND m.state = 'open' AND m.direction = 'ours'
            AND m."when" = 'standing') THEN 1 ELSE 0 END AS updated
    FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id
    LEFT JOIN plans_newsstop n ON n.participation_id = t.id
    WHERE t.initiative_id = %(initiative)s AND t.stopped_at IS NULL
    AND p.erased_at IS NULL AND p.stopped_at IS NULL
), sorted_out AS MATERIALIZED (
    SELECT updated, CASE
        WHEN updated = 0 AND first_told_at IS NULL AND last_contact_at IS NULL THEN 'not_heard'
        WHEN stopped IS NOT NULL THEN 'no_news'
        WHEN wants_less_at IS NOT NULL THEN 'less'
        WHEN asked_enough_until > %(now)s OR left_alone_until > %(now)s THEN 'enough'
        WHEN email = '' AND NOT is_example THEN 'no_address'
        ELSE 'told' END AS why
    FROM looked_at WHERE meant + updated > 0
) SELECT why, updated, COUNT(*) FROM sorted_out GROUP BY why, updated"""


def reach_of(initiative: Initiative, kind: str, team: int | None, *, at: datetime) -> Reach:
    """Before it is sent, by what is stored of each person's limits; one query, two for a team."""
    teams = teams_below({team}).get(team, frozenset()) if team else frozenset()
    values = {"initiative": initiative.pk, "now": connection.ops.adapt_unknown_value(at)}
    found: Counter[str] = Counter()
    kept_updated = 0
    with connection.cursor() as cursor:
        cursor.execute(REACH.replace("{who}", among_sql(kind, teams)), values)
        for why, updated, n in cursor.fetchall():
            found[why] += n
            kept_updated += n if why == "told" and updated else 0
    sorts = ("told", "less", "enough", "no_address", "no_news", "not_heard")
    return Reach(**{why: found[why] for why in sorts}, kept_updated=kept_updated)
