"""What comes back to somebody: what a step back changes, what changed at all, what it was like.

Each gives all a case is made of, so that nothing more is read about it.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import (
    NOT_STOPPED,
    OF_MINE_RARELY,
    QUIET_OR_NOT,
    WITH_PERSON,
    Part,
    not_aside,
)
from earnest.rhythm.candidates.talks import WHO, WITH


def _stepped(sort: str, rule: str, moment: str, when: str) -> Part:
    query = f"""SELECT b.id, {WHO}, b.{moment} AS moment FROM listening_stepback b
        {WITH_PERSON.format(table="b")} WHERE b.initiative_id IN ({{going}})
        AND {OF_MINE_RARELY} AND b.erased_at IS NULL AND {when}
        AND {not_aside(f"{rule}:step_back", "b.id")} ORDER BY b.{moment}"""
    return Part(sort, query, (*WITH, "moment"))


LAST_NEWS = """COALESCE(
    (SELECT MAX(g.made_at) FROM rhythm_progressmail g
    WHERE g.initiative_id = i.id AND g.kind = 'everyone'), i.made_at)"""


def _since_then(table: str, moment: str) -> str:
    return f"""EXISTS (SELECT 1 FROM {table} c
        WHERE c.initiative_id = i.id AND c.{moment} > {LAST_NEWS})"""


# Who sees to its mail, where that was said; whoever led it and left does not keep it from others.
NOBODY_ELSES = """NOT EXISTS (SELECT 1 FROM rhythm_audience a
    JOIN initiatives_role o ON o.initiative_id = a.initiative_id AND o.user_id = a.done_by_id
    JOIN accounts_membership h ON h.workspace_id = i.workspace_id AND h.user_id = a.done_by_id
    WHERE a.initiative_id = i.id AND a.kind = 'everyone' AND a.done_by_id <> %(user)s
    AND o.kind IN ('lead', 'co_lead'))"""
SOME_OF_IT_MINE = """EXISTS (SELECT 1 FROM rhythm_audience a
    WHERE a.initiative_id = i.id AND a.done_by_id = %(user)s)"""
SOMETHING_CHANGED = " OR ".join(
    [
        _since_then("plans_version", "published_at"),
        _since_then("plans_reply", "at"),
        _since_then("initiatives_schedulechange", "at"),
    ]
)

PARTS = (
    # step_backs_open: they said why, and what we change by it is not written
    _stepped(
        "stepped",
        "step-back-outcome",
        "reason_at",
        f"{NOT_STOPPED} AND b.outcome_at IS NULL AND b.reason_at <= %(yesterday)s",
    ),
    # step_backs_untold
    _stepped(
        "stepped_untold",
        "step-back-tell",
        "outcome_at",
        f"{QUIET_OR_NOT} AND b.told_at IS NULL AND b.outcome_at <= %(yesterday)s",
    ),
    Part(  # a month without news, and there is some
        "news",
        f"""SELECT i.id, i.id AS place, {LAST_NEWS} AS moment, i.people_count AS number
        FROM initiatives_initiative i
        WHERE i.id IN ({{going}}) AND i.people_count > 0 AND {LAST_NEWS} <= %(a_month_ago)s
        AND ({NOBODY_ELSES} OR {SOME_OF_IT_MINE})
        AND ({SOMETHING_CHANGED}) AND {not_aside("news-due:news", "i.id")} ORDER BY i.id""",
        ("place", "moment", "number"),
    ),
    Part(  # a stage reached a week ago, and no story told of it
        "story",
        f"""SELECT s.id, s.initiative_id AS place, s.name AS words FROM initiatives_stage s
        WHERE s.initiative_id IN ({{going}})
        AND s.reached_on BETWEEN %(story_from)s AND %(story_until)s
        AND NOT EXISTS (SELECT 1 FROM plans_story y WHERE y.stage_id = s.id)
        AND {not_aside("story-due:story", "s.id")} ORDER BY s.reached_on""",
        ("place", "words"),
    ),
    Part(  # session_to_look_at; held, and what came out of it read by no lead yet
        "session",
        f"""SELECT s.id, c.initiative_id AS place, c.question AS words, s.ended_at AS moment
        FROM ideas_session s JOIN ideas_space c ON c.id = s.space_id
        WHERE c.initiative_id IN ({{going}}) AND s.ended_at IS NOT NULL AND s.looked_at IS NULL
        AND s.started_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM ideas_seat e WHERE e.session_id = s.id)
        AND {not_aside("session-ended:session", "s.id")} ORDER BY s.ended_at""",
        ("place", "words", "moment"),
    ),
)
