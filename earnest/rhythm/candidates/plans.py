"""What waits for an answer, what no part of the plan answers, and what is to be shown or told.

Each gives all a case is made of, so that nothing more is read about it.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import (
    OF_MINE,
    OF_MINE_RARELY,
    QUIET_OR_NOT,
    WITH_PERSON,
    Part,
    not_aside,
)
from earnest.rhythm.candidates.talks import WHO, WITH

TITLE_LENGTH = 140
IS_ANSWERED = """EXISTS (SELECT 1 FROM plans_answers a JOIN plans_part b ON b.id = a.part_id
    WHERE a.need_id = n.id AND a.how <> 'not' AND b.dropped_at IS NULL)"""
HAS_PLAN = """EXISTS (SELECT 1 FROM plans_part b
    WHERE b.initiative_id = n.initiative_id AND b.dropped_at IS NULL)"""
LAST_PUBLISHED = """(SELECT MAX(v.published_at) FROM plans_version v
    WHERE v.initiative_id = b.initiative_id)"""


def _need(sort: str, rule: str, when: str) -> Part:
    query = f"""SELECT n.id, n.initiative_id AS place, n.words, n.first_named_at AS moment,
        n.people_count AS number FROM listening_need n
        WHERE n.initiative_id IN ({{going}}) AND n.people_count > 0 AND {when}
        AND {not_aside(f"{rule}:{sort}", "n.id")}
        ORDER BY n.people_count DESC, n.id"""
    return Part(sort, query, ("place", "words", "moment", "number"))


PARTS = (
    # input_open: of those I hold, and of nobody's; what stands under a need is answered with it
    Part(
        "input",
        f"""SELECT i.id, COALESCE(p.name, '') AS name, i.initiative_id AS place,
            COALESCE(t.id, 0) AS who, SUBSTR(i.words, 1, {TITLE_LENGTH}) AS words, i.at AS moment
        FROM plans_input i LEFT JOIN initiatives_participation t ON t.id = i.participation_id
        LEFT JOIN people_person p ON p.id = t.person_id
        WHERE i.initiative_id IN ({{going}}) AND i.answered_at IS NULL AND i.erased_at IS NULL
        AND i.need_id IS NULL AND i.same_as_id IS NULL AND (t.id IS NULL OR t.held_by_id = %(user)s)
        AND i.at <= %(days_ago)s AND {not_aside("input-waits:input", "i.id")} ORDER BY i.at""",
        (*WITH, "words", "moment"),
    ),
    # listening_need by initiative: they are few, however many people named them
    _need(
        "need",
        "need-waits",
        """n.first_named_at <= %(last_week)s
        AND NOT EXISTS (SELECT 1 FROM plans_reply r WHERE r.need_id = n.id)""",
    ),
    _need("gap", "gap", f"n.people_count > 1 AND {HAS_PLAN} AND NOT {IS_ANSWERED}"),
    Part(  # posts nobody read yet, of those I hold: one row an answer they are about
        "thread",
        f"""SELECT w.reply_id AS id, {WHO}, w.at AS moment FROM plans_post w
        {WITH_PERSON.format(table="w")} WHERE w.from_person AND w.read_at IS NULL
        AND {OF_MINE_RARELY}
        AND {not_aside("thread-waits:thread", "w.reply_id")} ORDER BY w.at""",
        (*WITH, "moment"),
    ),
    Part(  # one_checkin_at_a_time
        "checkin",
        f"""SELECT c.id, c.initiative_id AS place, c.closed_at AS moment,
            COALESCE(c.answer_count, 0) AS number FROM checkins_round c
        WHERE c.initiative_id IN ({{going}}) AND c.answered_at IS NULL
        AND c.closed_at IS NOT NULL AND {not_aside("checkin-answer:checkin", "c.id")}
        ORDER BY c.closed_at""",
        ("place", "moment", "number"),
    ),
    Part(
        "checkin_due",
        f"""SELECT i.id, i.id AS place, i.made_at AS moment, i.people_count AS number
        FROM initiatives_initiative i
        WHERE i.id IN ({{going}}) AND i.people_count >= 5 AND i.made_at <= %(weeks_ago)s
        AND NOT EXISTS (SELECT 1 FROM checkins_round c WHERE c.initiative_id = i.id
            AND (c.answered_at IS NULL OR c.closed_at > %(months_ago)s))
        AND {not_aside("checkin-due:checkin_due", "i.id")} ORDER BY i.id""",
        ("place", "moment", "number"),
    ),
    Part(  # part_in_order; changed a week ago, and not shown since
        "plan",
        f"""SELECT b.initiative_id AS id, b.initiative_id AS place, MIN(b.changed_at) AS moment,
            COUNT(*) AS number FROM plans_part b
        WHERE b.initiative_id IN ({{going}}) AND (b.changed_at > {LAST_PUBLISHED}
            OR ({LAST_PUBLISHED} IS NULL AND b.dropped_at IS NULL))
        AND {not_aside("publish:plan", "b.initiative_id")}
        GROUP BY b.initiative_id HAVING MIN(b.changed_at) <= %(last_week)s
        ORDER BY b.initiative_id""",
        ("place", "moment", "number"),
    ),
    Part(  # what they said to it, read by no lead yet
        "chain_answered",
        f"""SELECT k.id, {WHO}, k.value AS words, k.answered_at AS moment FROM plans_chain k
        {WITH_PERSON.format(table="k")} WHERE {OF_MINE} AND k.answered_at IS NOT NULL
        AND k.answer_read_at IS NULL
        AND {not_aside("chain-answered:chain_answered", "k.id")} ORDER BY k.answered_at""",
        (*WITH, "words", "moment"),
    ),
    Part(
        "chain",
        f"""SELECT k.id, {WHO}, k.value AS words, k.changed_at AS moment FROM plans_chain k
        {WITH_PERSON.format(table="k")} WHERE {OF_MINE} AND {QUIET_OR_NOT} AND k.told_at IS NULL
        AND (k.answered_at IS NULL OR k.answered_at < k.changed_at) AND k.changed_at <= %(yesterday)s
        AND {not_aside("chain-untold:chain", "k.id")} ORDER BY k.changed_at""",
        (*WITH, "words", "moment"),
    ),
    Part(  # statement_in_space: by space, however many sentences and votes there are
        "statements",
        f"""SELECT g.id, g.initiative_id AS place, g.question AS words FROM ideas_space g
        WHERE g.initiative_id IN ({{going}}) AND EXISTS (SELECT 1 FROM ideas_statement s
            WHERE s.space_id = g.id AND s.state = 'waiting')
        AND {not_aside("sentences-wait:statements", "g.id")} ORDER BY g.id""",
        ("place", "words"),
    ),
    Part(  # closed, with a map, and nobody heard what becomes of it
        "outcome",
        f"""SELECT g.id, g.initiative_id AS place, g.question AS words, g.closed_at AS moment
        FROM ideas_space g WHERE g.initiative_id IN ({{going}}) AND g.closed_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM ideas_opinionmap o WHERE o.space_id = g.id)
        AND NOT EXISTS (SELECT 1 FROM ideas_outcome o WHERE o.space_id = g.id)
        AND {not_aside("outcome-owed:outcome", "g.id")} ORDER BY g.closed_at""",
        ("place", "words", "moment"),
    ),
)
