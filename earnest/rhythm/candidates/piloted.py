"""Pilots: nobody was asked who would go first, somebody said yes, something is to be read or decided
(1.11).

Each gives all a case is made of, so that nothing more is read about it.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import Part, not_aside

RUNS = "t.started_at IS NOT NULL AND t.stopped_at IS NULL AND t.ended_at IS NULL"


def _pilot(sort: str, rule: str, when: str, *, moment: str, number: str = "0") -> Part:
    query = f"""SELECT t.id, t.initiative_id AS place, t.part AS words, {moment} AS moment,
        {number} AS number FROM pilots_pilot t
        WHERE t.initiative_id IN ({{going}}) AND {when}
        AND {not_aside(f"{rule}:{sort}", "t.id")} ORDER BY t.ends_on, t.id"""
    return Part(sort, query, ("place", "words", "moment", "number"))


DUE = """(SELECT COUNT(*) FROM pilots_pilotmeasure m
    WHERE m.pilot_id = t.id AND m.due_on <= %(today)s)"""
PARTS = (
    # The few initiatives of this leader; a plan was shown, and nobody was ever asked.
    Part(
        "first_unasked",
        f"""SELECT i.id, i.id AS place, i.title AS words, (
            SELECT MIN(v.published_at) FROM plans_version v WHERE v.initiative_id = i.id) AS moment
        FROM initiatives_initiative i WHERE i.id IN ({{going}})
        AND EXISTS (SELECT 1 FROM plans_version v
            WHERE v.initiative_id = i.id AND v.published_at <= %(yesterday)s)
        AND NOT EXISTS (SELECT 1 FROM pilots_call c WHERE c.initiative_id = i.id)
        AND NOT EXISTS (SELECT 1 FROM pilots_pilot t WHERE t.initiative_id = i.id)
        AND {not_aside("first-unasked:first_unasked", "i.id")} ORDER BY i.id""",
        ("place", "words", "moment"),
    ),
    # asked_for_it_waits
    Part(
        "asked_for_it",
        f"""SELECT q.id, q.initiative_id AS place, q.part AS words, q.at AS moment,
            COALESCE(p.name, u.name, '') AS name, COALESCE(q.participation_id, 0) AS who
        FROM pilots_spreadrequest q
        LEFT JOIN initiatives_participation t ON t.id = q.participation_id
        LEFT JOIN people_person p ON p.id = t.person_id
        LEFT JOIN accounts_user u ON u.id = q.user_id
        WHERE q.initiative_id IN ({{going}}) AND q.state = 'waits'
        AND {not_aside("asked-for-it:asked_for_it", "q.id")} ORDER BY q.at, q.id""",
        ("place", "words", "moment", "name", "who"),
    ),
    # call_volunteers_wait, then volunteer_waits
    Part(
        "volunteers",
        f"""SELECT c.id, c.initiative_id AS place, c.what AS words,
            c.volunteers_waiting AS number, (SELECT MIN(v.said_at) FROM pilots_volunteer v
                WHERE v.call_id = c.id AND v.taken_back_at IS NULL
                AND v.answered_at IS NULL) AS moment
        FROM pilots_call c WHERE c.initiative_id IN ({{going}}) AND c.volunteers_waiting > 0
        AND {not_aside("volunteers-wait:volunteers", "c.id")} ORDER BY c.asked_at, c.id""",
        ("place", "words", "number", "moment"),
    ),
    # pilot_running; pilot_to_start
    _pilot(
        "pilot_stop",
        "pilot-stop",
        f"{RUNS} AND t.stop_met_at IS NOT NULL",
        moment="t.stop_met_at",
    ),
    _pilot(
        "pilot_over",
        "pilot-over",
        f"{RUNS} AND t.ends_on <= %(today)s",
        moment="t.started_at",
    ),
    _pilot(
        "pilot_readings",
        "pilot-readings",
        f"{RUNS} AND t.ends_on > %(today)s AND {DUE} > 0",
        moment="t.started_at",
        number=DUE,
    ),
    _pilot(
        "pilot_begins",
        "pilot-begins",
        """t.started_at IS NULL AND t.stopped_at IS NULL AND t.ended_at IS NULL
        AND t.starts_on <= %(today)s""",
        moment="t.made_at",
    ),
)
