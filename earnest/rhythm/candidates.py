"""Which rows may call for a step: their keys alone, all sorts in one query.

Written in SQL, the same for SQLite and PostgreSQL, because of what it must hold: each part walks
one index in the order it is wanted and stops after ``MOST``, so that Today costs the same with ten
people and with ten thousand. Putting it together anew by the ORM took longer than running it.
The index a part walks is named beside it. Nothing but constants and our own keys is put into the
text; values go as parameters.
"""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import connection

from earnest.engine.steps import CONDITION_WAITS
from earnest.listening.naming import could_mean

MOST = 8  # of each part: Today shows five things, and the others for later
NAMED = 200  # referrals read before those to somebody who objected are left out
SOON, A_DAY, A_WEEK = timedelta(days=2), timedelta(days=1), timedelta(days=7)

# Nothing is proposed to ask of those who asked for less, or to be left alone (privacy.md 6).
# Column by column, not by COALESCE: of that PostgreSQL knows no statistics, and reads all of it.
MAY_ASK = "t.stopped_at IS NULL AND p.stopped_at IS NULL AND p.wants_less_at IS NULL"
NOT_ASIDE = """NOT EXISTS (
    SELECT 1 FROM rhythm_chosen c WHERE c.user_id = %(user)s AND c.step = '{step}:' || {key}
    AND (c.until IS NULL OR c.until > %(today)s))"""  # walks chosen_for_step
SAME_DUE = "AND (c.due = m.due OR (c.due IS NULL AND m.due IS NULL)))"
MINE = """SELECT m.id FROM promises_promise m WHERE m.by_id = %(user)s
    AND m.direction = 'ours' AND m.state = 'open' AND m.initiative_id IN ({led})"""
# Made by somebody who leads there no more: it comes to whoever holds the person now.
TAKEN_OVER = """SELECT m.id FROM promises_promise m
    JOIN initiatives_participation t ON t.id = m.participation_id
    WHERE m.direction = 'ours' AND m.state = 'open' AND m.initiative_id IN ({led})
    AND t.held_by_id = %(user)s AND NOT EXISTS (
        SELECT 1 FROM initiatives_role r JOIN initiatives_initiative i ON i.id = r.initiative_id
        JOIN accounts_membership w ON w.workspace_id = i.workspace_id AND w.user_id = r.user_id
        WHERE r.initiative_id = m.initiative_id AND r.user_id = m.by_id
        AND r.kind IN ('lead', 'co_lead'))"""
PROMISED = (  # the step it would be, when, and in which order
    ("promise-late", "{day} < %(today)s AND m.asked_at IS NULL", "{day}"),
    ("promise-how", "{day} < %(today)s AND m.asked_at IS NOT NULL", "{day}"),
    ("promise-today", "{day} = %(today)s", "{day}"),
    ("promise-soon", "{day} > %(today)s AND {day} <= %(soon)s AND m.untold_at IS NULL", "{day}"),
    ("promise-tell", "m.untold_at IS NOT NULL", "m.untold_at"),
    ("promise-made", "m.made_at > %(yesterday)s AND {day} > %(soon)s", "m.made_at DESC"),
    (
        "promise-condition",
        """m.due IS NULL AND m."when" = 'conditional' AND (m.made_at <= %(weeks_ago)s OR EXISTS (
            SELECT 1 FROM initiatives_initiative d
            WHERE d.id = m.initiative_id AND d.decides_on < %(today)s))""",
        "m.made_at",
    ),
)


def _same_date_not_aside(step: str) -> str:
    """Not put aside with the date it has now: moved, it is another step."""
    return NOT_ASIDE.format(step=f"{step}:promise", key="m.id").removesuffix(")") + SAME_DUE


def _promised(whose: str, day: str) -> Iterator[tuple[str, str]]:
    """What was put aside is left out before the first few are taken: a late one is never hidden."""
    for step, when, order in PROMISED:
        part = f"{whose} AND {when} AND {_same_date_not_aside(step)} ORDER BY {order}"
        yield "promise", part.replace("{day}", day)


HELD = f"""SELECT t.id FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id {{rung}} standing_rung r ON r.participation_id = t.id
    WHERE t.held_by_id = %(user)s AND t.initiative_id IN ({{going}}) AND p.erased_at IS NULL
    AND {MAY_ASK} AND NOT EXISTS (
        SELECT 1 FROM people_away a WHERE a.person_id = p.id
        AND a.first_day <= %(today)s AND a.last_day >= %(today)s)
    AND {NOT_ASIDE.replace("{key}", "t.id")}"""
STANDING = HELD.replace("{rung}", "JOIN") + " AND r.initiative_id IN ({going})"
ANYWHERE = HELD.replace("{rung}", "LEFT JOIN")

PARTS = (
    # promise_owed, promise_untold, promise_made: those I made
    *_promised(MINE, "m.due"),
    # promise_listed: those made by somebody who left the lead, with people I hold
    *_promised(TAKEN_OVER, "m.day"),
    (  # theirs, asked about and without word, with those I hold: promise_asked
        "promise",
        f"""SELECT m.id FROM promises_promise m
        JOIN initiatives_participation t ON t.id = m.participation_id
        JOIN people_person p ON p.id = t.person_id
        WHERE m.direction = 'theirs' AND m.state = 'open' AND m.initiative_id IN ({{led}})
        AND m.asked_at IS NOT NULL AND t.held_by_id = %(user)s AND {MAY_ASK}
        AND {_same_date_not_aside("theirs-without-word")} ORDER BY m.asked_at""",
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
    (  # question_owed: of those I hold, and of talks of mine where nobody is named
        "question",
        f"""SELECT q.id FROM listening_question q
        JOIN initiatives_participation t ON t.id = q.participation_id
        JOIN people_person p ON p.id = t.person_id
        WHERE q.initiative_id IN ({{going}}) AND q.answered_at IS NULL
        AND t.held_by_id = %(user)s AND p.erased_at IS NULL
        AND {NOT_ASIDE.format(step="question-owed:question", key="q.id")} ORDER BY q.asked_on""",
    ),
    (
        "question",
        f"""SELECT q.id FROM listening_question q
        JOIN listening_conversation n ON n.id = q.conversation_id
        WHERE q.initiative_id IN ({{going}}) AND q.answered_at IS NULL
        AND q.participation_id IS NULL AND n.by_id = %(user)s
        AND {NOT_ASIDE.format(step="question-owed:question", key="q.id")} ORDER BY q.asked_on""",
    ),
    (  # referral_open; whom they name is compared below
        "referral",
        f"""SELECT f.id, f.name, f.initiative_id AS place FROM listening_referral f
        WHERE f.initiative_id IN ({{going}}) AND f.spoken_at IS NULL AND f.left_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM objecting o WHERE o.id = f.participation_id)
        AND {NOT_ASIDE.format(step="referral:referral", key="f.id")} ORDER BY f.at""",
    ),
    (  # who objected, where somebody is still to be spoken with
        "objecting",
        """SELECT o.id, o.name, o.initiative_id AS place FROM objecting o WHERE EXISTS (
            SELECT 1 FROM listening_referral f WHERE f.initiative_id = o.initiative_id
            AND f.spoken_at IS NULL AND f.left_at IS NULL)""",
    ),
    (  # initiatives whose commissioner was heard, or wants to be left alone, on it or not
        "heard",
        f"""SELECT k.initiative_id AS id FROM initiatives_commission k
        JOIN people_person p ON p.id = k.person_id
        LEFT JOIN initiatives_participation t
            ON t.person_id = k.person_id AND t.initiative_id = k.initiative_id
        WHERE k.initiative_id IN ({{going}})
        AND (NOT ({MAY_ASK}) OR p.erased_at IS NOT NULL OR EXISTS (
            SELECT 1 FROM listening_conversation_people h WHERE h.participation_id = t.id))""",
    ),
    (  # finding_waiting: what waits, and whose notes it waits in
        "notes",
        f"""SELECT DISTINCT n.id FROM listening_finding w
        JOIN listening_conversation n ON n.id = w.conversation_id
        WHERE w.state = 'offered' AND n.by_id = %(user)s AND n.initiative_id IN ({{going}})
        AND {NOT_ASIDE.format(step="notes-found:notes", key="n.id")} ORDER BY n.id""",
    ),
)
NAMING = ("referral", "objecting")
OBJECTING = """WITH objecting AS MATERIALIZED (
    SELECT t.id, t.initiative_id, p.name FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id
    WHERE t.initiative_id IN ({going}) AND p.erased_at IS NULL
    AND t.stopped_at IS NOT NULL
    UNION SELECT t.id, t.initiative_id, p.name FROM initiatives_initiative i
    JOIN people_person p ON p.workspace_id = i.workspace_id
    JOIN initiatives_participation t ON t.person_id = p.id AND t.initiative_id = i.id
    WHERE i.id IN ({going}) AND p.erased_at IS NULL
    AND (p.stopped_at IS NOT NULL OR p.wants_less_at IS NOT NULL)
)
"""  # objects_here, objects_anywhere
LIMITS = {"heard": "", "objecting": "", "referral": f" LIMIT {NAMED}"}
QUERY = OBJECTING + "\nUNION ".join(
    f"SELECT '{sort}' AS sort, id, {'name, place' if sort in NAMING else "'' AS name, 0 AS place"}"
    f" FROM ({part}{LIMITS.get(sort, f' LIMIT {MOST}')}) AS a{number}"
    for number, (sort, part) in enumerate(PARTS)
)
type Row = tuple[str, int, str, int]


def keys(
    user: int, led: Iterable[int], going: Iterable[int], *, today: date, at: datetime
) -> dict[str, list[int]]:
    """The keys of each sort, for this leader; only promises where the initiative is closed."""
    days = {"today": today, "soon": today + SOON}
    moments = {
        "yesterday": at - A_DAY,
        "last_week": at - A_WEEK + A_DAY,
        "weeks_ago": at - timedelta(days=CONDITION_WAITS) + A_DAY,
    }
    adapt = connection.ops.adapt_unknown_value
    values = {name: adapt(value) for name, value in {**days, **moments}.items()}
    query = QUERY.replace("{led}", _listed(led)).replace("{going}", _listed(going))
    with connection.cursor() as cursor:
        cursor.execute(query, {"user": user, **values})
        return _by_sort(cursor.fetchall())


def _listed(initiatives: Iterable[int]) -> str:
    return ", ".join(str(int(pk)) for pk in initiatives) or "0"


def _by_sort(rows: list[Row]) -> dict[str, list[int]]:
    """Referrals without those that may name somebody who objected, in whatever spelling."""
    objecting = [(place, name) for sort, _pk, name, place in rows if sort == "objecting"]
    found: dict[str, list[int]] = {}
    for sort, key, name, place in rows:
        if sort == "objecting" or any(
            here == place and could_mean(name, whole) for here, whole in objecting if name
        ):
            continue
        found.setdefault(sort, []).append(key)
    return found
