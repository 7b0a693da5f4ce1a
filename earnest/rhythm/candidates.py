"""Which rows may call for a step: their keys alone, all sorts in one query.

Written in SQL, the same for SQLite and PostgreSQL, because of what it must hold: each part walks
one index in the order it is wanted and stops after ``MOST``, so that Today costs the same with ten
people and with ten thousand. Putting it together anew by the ORM took longer than running it.
The index a part walks is named beside it. Nothing but constants and our own keys is put into the
text; values go as parameters.
"""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection

MOST = 8  # of each part: Today shows five things, and the others for later
SOON, A_DAY, A_WEEK = timedelta(days=2), timedelta(days=1), timedelta(days=7)

# Nothing is proposed to ask of those who asked for less, or to be left alone (privacy.md 6).
QUIET = "COALESCE(t.stopped_at, p.stopped_at, p.wants_less_at)"
NOT_ASIDE = """NOT EXISTS (
    SELECT 1 FROM rhythm_chosen c WHERE c.user_id = %(user)s AND c.step = '{step}:' || {key}
    AND (c.until IS NULL OR c.until > %(today)s))"""  # walks chosen_for_step
MINE = """SELECT id FROM promises_promise WHERE by_id = %(user)s AND direction = 'ours'
    AND state = 'open' AND initiative_id IN ({led})"""
HELD = f"""SELECT t.id FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id {{rung}} standing_rung r ON r.participation_id = t.id
    WHERE t.held_by_id = %(user)s AND t.initiative_id IN ({{led}}) AND p.erased_at IS NULL
    AND {QUIET} IS NULL AND NOT EXISTS (
        SELECT 1 FROM people_away a WHERE a.person_id = p.id
        AND a.first_day <= %(today)s AND a.last_day >= %(today)s)
    AND {NOT_ASIDE.replace("{key}", "t.id")}"""
STANDING = HELD.replace("{rung}", "JOIN") + " AND r.initiative_id IN ({led})"
ANYWHERE = HELD.replace("{rung}", "LEFT JOIN")

PARTS = (
    # Mine: due or late, walks promise_owed; asked about, the same; moved untold; new.
    ("promise", f"{MINE} AND asked_at IS NULL AND due <= %(soon)s ORDER BY due"),
    ("promise", f"{MINE} AND asked_at IS NOT NULL AND due <= %(today)s ORDER BY due"),
    ("promise", f"{MINE} AND untold_at IS NOT NULL ORDER BY untold_at"),  # promise_untold
    ("promise", f"{MINE} AND made_at > %(yesterday)s ORDER BY made_at DESC"),  # promise_made
    (  # theirs, asked about and without word, with those I hold: promise_asked
        "promise",
        f"""SELECT m.id FROM promises_promise m
        JOIN initiatives_participation t ON t.id = m.participation_id
        JOIN people_person p ON p.id = t.person_id
        WHERE m.direction = 'theirs' AND m.state = 'open' AND m.initiative_id IN ({{led}})
        AND m.asked_at IS NOT NULL AND t.held_by_id = %(user)s AND {QUIET} IS NULL
        ORDER BY m.asked_at""",
    ),
    (  # rung_on_initiative
        "person",
        STANDING.replace("{step}", "fading:person") + " AND r.step = 'fading' ORDER BY r.since",
    ),
    (
        "person",
        STANDING.replace("{step}", "one-small-step:person")
        + " AND r.step = 'nodded' AND r.since <= %(last_week)s ORDER BY r.since",
    ),
    (  # rung_no_chance
        "person",
        STANDING.replace("{step}", "no-chance:person")
        + " AND r.no_chance_since IS NOT NULL ORDER BY r.no_chance_since",
    ),
    (  # held_on_initiative
        "person",
        ANYWHERE.replace("{step}", "unheard:person")
        + " AND (r.participation_id IS NULL OR (r.step = 'unheard' AND r.heard_at IS NULL))"
        " ORDER BY t.id",
    ),
    (  # question_owed
        "question",
        f"""SELECT q.id FROM listening_question q
        LEFT JOIN initiatives_participation t ON t.id = q.participation_id
        LEFT JOIN people_person p ON p.id = t.person_id
        LEFT JOIN listening_conversation n ON n.id = q.conversation_id
        WHERE q.initiative_id IN ({{led}}) AND q.answered_at IS NULL AND p.erased_at IS NULL
        AND (t.held_by_id = %(user)s OR (q.participation_id IS NULL AND n.by_id = %(user)s))
        AND {NOT_ASIDE.format(step="question-owed:question", key="q.id")} ORDER BY q.asked_on""",
    ),
    (  # referral_open
        "referral",
        f"""SELECT f.id FROM listening_referral f
        WHERE f.initiative_id IN ({{led}}) AND f.spoken_at IS NULL AND f.left_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM objecting o WHERE o.initiative_id = f.initiative_id
            AND (o.id = f.participation_id OR LOWER(o.name) = LOWER(f.name)
            OR SUBSTR(LOWER(o.name), 1, LENGTH(f.name) + 1) = LOWER(f.name) || ' '))
        AND {NOT_ASIDE.format(step="referral:referral", key="f.id")} ORDER BY f.at""",
    ),
    (  # initiatives whose commissioner was heard, or wants to be left alone
        "heard",
        f"""SELECT k.initiative_id AS id FROM initiatives_commission k
        JOIN initiatives_participation t
            ON t.person_id = k.person_id AND t.initiative_id = k.initiative_id
        JOIN people_person p ON p.id = t.person_id
        WHERE k.initiative_id IN ({{led}}) AND ({QUIET} IS NOT NULL OR EXISTS (
            SELECT 1 FROM listening_conversation_people h WHERE h.participation_id = t.id))""",
    ),
    (  # finding_waiting: what waits, and whose notes it waits in
        "notes",
        f"""SELECT DISTINCT n.id FROM listening_finding w
        JOIN listening_conversation n ON n.id = w.conversation_id
        WHERE w.state = 'offered' AND n.by_id = %(user)s AND n.initiative_id IN ({{led}})
        AND {NOT_ASIDE.format(step="notes-found:notes", key="n.id")} ORDER BY n.id""",
    ),
)
OBJECTING = """WITH objecting AS (
    SELECT t.id, t.initiative_id, p.name FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id
    WHERE t.initiative_id IN ({led}) AND p.erased_at IS NULL
    AND t.stopped_at IS NOT NULL
    UNION SELECT t.id, t.initiative_id, p.name FROM initiatives_initiative i
    JOIN people_person p ON p.workspace_id = i.workspace_id
    JOIN initiatives_participation t ON t.person_id = p.id AND t.initiative_id = i.id
    WHERE i.id IN ({led}) AND p.erased_at IS NULL
    AND (p.stopped_at IS NOT NULL OR p.wants_less_at IS NOT NULL)
)
"""  # objects_here, objects_anywhere
QUERY = OBJECTING + "\nUNION ".join(
    f"SELECT '{sort}' AS sort, id FROM ({part}{'' if sort == 'heard' else f' LIMIT {MOST}'}) AS a{number}"
    for number, (sort, part) in enumerate(PARTS)
)


def keys(user: int, led: Iterable[int], *, today: date, at: datetime) -> dict[str, list[int]]:
    """The keys of each sort, for this leader on these initiatives."""
    found: dict[str, list[int]] = {}
    days = {"today": today, "soon": today + SOON}
    moments = {"yesterday": at - A_DAY, "last_week": at - A_WEEK + A_DAY}
    adapt = connection.ops.adapt_unknown_value
    values = {name: adapt(value) for name, value in {**days, **moments}.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            QUERY.replace("{led}", ", ".join(str(int(pk)) for pk in led)), {"user": user, **values}
        )
        for sort, key in cursor.fetchall():
            found.setdefault(sort, []).append(key)
    return found
