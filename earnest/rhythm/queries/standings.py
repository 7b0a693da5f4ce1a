"""Of each sort of word, how many are due now, how many next week, how many are left alone (3.15).

One query, in SQL: each person whose last contact is long enough ago is looked at once, for all sorts
together. Three queries by the ORM looked at everybody three times, and put together anew each time
what they ask took as long again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from earnest.initiatives.models import Initiative
from earnest.rhythm.cadence import Plan, word_due_sql
from earnest.rhythm.models import How

A_WEEK = timedelta(days=7)
LIMITS = ("enough", "resting", "less", "away")


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one sort of word, how many are due now, how many come next week, and who is left alone."""

    how: str
    now: int
    next_week: int
    enough: int
    resting: int
    less: int
    away: int
    their_turn: int

    @property
    def called(self) -> str:
        return str(How(self.how).label)

    @property
    def left_alone(self) -> int:
        return self.enough + self.resting + self.less + self.away + self.their_turn


TOLD = """(SELECT MAX(g.made_at) FROM messaging_message g WHERE g.participation_id = t.id
    AND g.kind = '{how}' AND g.state NOT IN ('withdrawn', 'failed')) AS told_{how}"""
# Who leads may be on it too: nobody is told to talk with themselves. on_it_contact, message_of_kind
QUERY = """WITH there AS MATERIALIZED (
    SELECT t.id, t.person_id, t.held_by_id, t.is_affected, t.has_data, t.can_help,
        t.last_contact_at, {told}
    FROM initiatives_participation t WHERE t.initiative_id = %(initiative)s
    AND t.last_contact_at <= %(latest)s AND t.stopped_at IS NULL
), looked_at AS MATERIALIZED (
    SELECT {due},
    CASE WHEN p.wants_less_at IS NOT NULL THEN 'less'
        WHEN p.left_alone_until > %(now)s THEN 'resting'
        WHEN p.asked_enough_until > %(now)s THEN 'enough'
        WHEN EXISTS (SELECT 1 FROM people_away a WHERE a.person_id = p.id
            AND a.first_day <= %(today)s AND a.last_day >= %(today)s) THEN 'away'
        WHEN EXISTS (SELECT 1 FROM listening_invitation v WHERE v.participation_id = t.id
            AND v.state IN ('waiting', 'sent', 'proposed', 'accepted')) THEN 'their_turn'
        ELSE 'free' END AS state
    FROM there t
    JOIN people_person p ON p.id = t.person_id
    JOIN accounts_user u ON u.id = t.held_by_id
    JOIN standing_rung r ON r.participation_id = t.id
    WHERE p.erased_at IS NULL AND p.stopped_at IS NULL
    AND (p.user_id IS NULL OR p.user_id <> t.held_by_id)
    AND (p.email = '' OR LOWER(p.email) <> LOWER(u.email))
) SELECT {columns}, state, COUNT(*) FROM looked_at GROUP BY {columns}, state"""
type Found = dict[str, Counter[tuple[str, str]]]  # by sort: when, and in which state, how many


def standings(initiative: Initiative, plan: Plan, *, at: datetime, today: date) -> list[Standing]:
    """All sorts, in one query, however many people."""
    found = _counted(initiative, plan, at=at, today=today)
    return [_standing(how, found[how]) for how in How.values]


def _standing(how: str, found: Counter[tuple[str, str]]) -> Standing:
    """An ask they did not answer yet stands against another talk alone, not against news."""
    kept = {state: found["now", state] for state in LIMITS}
    theirs = {when: found[when, "their_turn"] for when in ("now", "soon")}
    talk = how == How.TALK
    return Standing(
        how,
        now=found["now", "free"] + (0 if talk else theirs["now"]),
        next_week=found["soon", "free"] + (0 if talk else theirs["soon"]),
        their_turn=theirs["now"] if talk else 0,
        **kept,
    )


def _counted(initiative: Initiative, plan: Plan, *, at: datetime, today: date) -> Found:
    adapt = connection.ops.adapt_unknown_value
    fewest = min((word.days for word in plan.words), default=0)
    values: dict[str, Any] = {
        "initiative": initiative.pk,
        "now": adapt(at),
        "today": adapt(today),
        "latest": adapt(at + A_WEEK - timedelta(days=fewest)),
    }
    due = []
    for how in How.values:
        over, its = word_due_sql(plan, how, at=at)
        soon, later = word_due_sql(plan, how, at=at + A_WEEK, named="soon")
        values |= its | later
        due.append(f"CASE WHEN {over} THEN 'now' WHEN {soon} THEN 'soon' ELSE '' END AS {how}")
    told = ", ".join(TOLD.format(how=how) for how in How.values if how != How.TALK)
    query = QUERY.format(told=told, due=", ".join(due), columns=", ".join(How.values))
    found: Found = {how: Counter() for how in How.values}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        for *whens, state, n in cursor.fetchall():
            for how, when in zip(How.values, whens, strict=True):
                found[how][when, state] += n
    return found
