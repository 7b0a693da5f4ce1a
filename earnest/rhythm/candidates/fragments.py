"""Pieces of SQL that several parts share, and what a part is.

In braces stand what each part fills in, ``{led}`` and ``{going}`` the initiatives of the leader;
values go as parameters. ``m`` is a promise, ``t`` a participation, ``p`` its person, ``r`` its
rung, ``n`` a conversation, ``v`` an invitation.
"""

# ruff: noqa: S608
from __future__ import annotations

from dataclasses import dataclass

from earnest.engine.steps import TWICE

MOST = 8  # of each part: Today shows five things, and the others for later
NAMED = 200  # referrals read before those to somebody who objected are left out
ALL = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One sort of rows: its query, the columns it gives beside ``id``, and how many are read."""

    sort: str
    query: str
    gives: tuple[str, ...] = ()
    most: int = MOST


# Nothing is proposed to ask of those who asked for less, or to be left alone (privacy.md 6); nor
# of whom enough was asked for now, or who left three asks without an answer (0.6, 3.15).
# Column by column, not by COALESCE: of that PostgreSQL knows no statistics, and reads all of it.
NOT_STOPPED = "t.stopped_at IS NULL AND p.stopped_at IS NULL"
QUIET_OR_NOT = f"{NOT_STOPPED} AND p.wants_less_at IS NULL"
MAY_ASK = f"""{QUIET_OR_NOT}
    AND (p.asked_enough_until IS NULL OR p.asked_enough_until <= %(now)s)
    AND (p.left_alone_until IS NULL OR p.left_alone_until <= %(now)s)"""


def not_aside(step: str, key: str) -> str:
    """Neither dismissed nor put off until later: chosen_for_step."""
    return f"""NOT EXISTS (
    SELECT 1 FROM rhythm_chosen x WHERE x.user_id = %(user)s AND x.step = '{step}:' || {key}
    AND (x.until IS NULL OR x.until > %(today)s))"""


def same_date_not_aside(step: str) -> str:
    """Not put aside with the date it has now: moved, it is another step."""
    same = " AND (x.due = m.due OR (x.due IS NULL AND m.due IS NULL)))"
    return not_aside(f"{step}:promise", "m.id").removesuffix(")") + same


THEIR_TURN = """SELECT 1 FROM listening_invitation v
    WHERE v.participation_id = t.id AND v.state IN ('waiting', 'sent', 'proposed', 'accepted')"""


def held(step: str, *, rung: str = "JOIN", mark: str = "''") -> str:
    """People this leader holds, who are there, may be asked, and have no ask open.

    Who leads may be on it too: nobody is told to talk with themselves.
    """
    return f"""SELECT t.id, {mark} AS words FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id {rung} standing_rung r ON r.participation_id = t.id
    WHERE t.held_by_id = %(user)s AND t.initiative_id IN ({{going}}) AND p.erased_at IS NULL
    AND {MAY_ASK} AND NOT EXISTS ({THEIR_TURN})
    AND (p.user_id IS NULL OR p.user_id <> %(user)s) AND NOT EXISTS (
        SELECT 1 FROM accounts_user i
        WHERE i.id = %(user)s AND p.email <> '' AND LOWER(i.email) = LOWER(p.email))
    AND NOT EXISTS (
        SELECT 1 FROM people_away a WHERE a.person_id = p.id
        AND a.first_day <= %(today)s AND a.last_day >= %(today)s)
    AND {not_aside(f"{step}:person", "t.id")}"""


def standing(step: str, *, mark: str = "''") -> str:
    """The same, of those with a rung."""
    return held(step, mark=mark) + " AND r.initiative_id IN ({going})"


# Something to try was offered, and it is their turn: try_outs_open.
NO_TRY_OFFERED = """NOT EXISTS (
    SELECT 1 FROM practice_tryout o WHERE o.participation_id = t.id
    AND o.state IN ('offered', 'taken') AND o.starts_at > %(fortnight_ago)s)"""


# All five answers known, the nearest to each no guess: their own, then of their team, of the one
# above, and so on, then of their role; as listening.queries.briefs.gate_of reads them.
BRIEFED = """CASE WHEN (SELECT COUNT(*) FROM (
    SELECT a.source, ROW_NUMBER() OVER (PARTITION BY a.topic ORDER BY b.steps) AS nearness
    FROM (
        SELECT w.id, 0 AS steps FROM listening_brief w
        WHERE w.participation_id = t.id AND w.initiative_id = t.initiative_id
        UNION ALL SELECT w.id, u.steps FROM (
            WITH RECURSIVE above(id, steps) AS (
                SELECT p.team_id, 1 UNION
                SELECT g.parent_id, steps + 1 FROM people_team g JOIN above ON g.id = above.id
                WHERE steps < 50)
            SELECT id, steps FROM above WHERE id IS NOT NULL) u
        JOIN listening_brief w ON w.team_id = u.id AND w.initiative_id = t.initiative_id
        UNION ALL SELECT w.id, 999 FROM listening_brief w
        WHERE w.initiative_id = t.initiative_id AND NOT (w.job = '') AND LOWER(w.job) = LOWER(p.job)
    ) b JOIN listening_briefanswer a ON a.brief_id = b.id
    ) AS known WHERE nearness = 1 AND source <> 'guess') = 5 THEN 'briefed' ELSE '' END"""
TALKED = """FROM listening_conversation n
    JOIN listening_conversation_people h ON h.conversation_id = n.id
    WHERE h.participation_id = t.id"""
EXPLAINED_TWICE = f"""t.id IN (SELECT h.participation_id FROM listening_conversation n
        JOIN listening_conversation_people h ON h.conversation_id = n.id
        WHERE n.initiative_id IN ({{going}}) AND n.balance = 'explained')
    AND (SELECT COUNT(*) {TALKED} AND n.balance = 'explained'
        AND (r.since IS NULL OR n.noted_at > r.since)) >= {TWICE}"""
NO_TALK_SINCE_NO = f"NOT EXISTS (SELECT 1 {TALKED} AND n.noted_at > r.no_at)"
NO_TALK_SINCE = f"NOT EXISTS (SELECT 1 {TALKED} AND n.noted_at > r.since)"
WORD_DUE = "{word_due}"  # by the plan of each initiative: rhythm/cadence.py
WITH_PERSON = """JOIN initiatives_participation t ON t.id = {table}.participation_id
    JOIN people_person p ON p.id = t.person_id"""
# Of somebody this leader holds on an initiative that goes on, who was not erased.
OF_MINE = """t.initiative_id IN ({going}) AND t.held_by_id = %(user)s AND p.erased_at IS NULL"""
# The same where few rows wait, found by an index of theirs: the sign keeps the database from
# walking everybody this leader holds and asking of each whether such a row is there.
OF_MINE_RARELY = OF_MINE.replace("t.initiative_id", "+t.initiative_id").replace(
    "t.held_by_id", "+t.held_by_id"
)
