"""Promises that may call for a step: mine, those of somebody who left the lead, and theirs."""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterator

from earnest.rhythm.candidates.fragments import (
    MAY_ASK,
    QUIET_OR_NOT,
    WITH_PERSON,
    Part,
    same_date_not_aside,
)

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
THEIRS = f"""SELECT m.id FROM promises_promise m {WITH_PERSON.format(table="m")}
    WHERE m.direction = 'theirs' AND m.state = 'open' AND t.held_by_id = %(user)s"""


def _promised(whose: str, day: str) -> Iterator[Part]:
    """What was put aside is left out before the first few are taken: a late one is never hidden."""
    for step, when, order in PROMISED:
        part = f"{whose} AND {when} AND {same_date_not_aside(step)} ORDER BY {order}"
        yield Part("promise", part.replace("{day}", day))


PARTS = (
    # promise_owed, promise_untold, promise_made: those I made
    *_promised(MINE, "m.due"),
    # promise_listed: those made by somebody who left the lead, with people I hold
    *_promised(TAKEN_OVER, "m.day"),
    Part(  # asked about and without word, with those I hold: promise_asked
        "promise",
        f"""{THEIRS} AND m.initiative_id IN ({{led}}) AND m.asked_at IS NOT NULL AND {MAY_ASK}
        AND {same_date_not_aside("theirs-without-word")} ORDER BY m.asked_at""",
    ),
    Part(  # confirmed by them, and due today: nobody is asked anything; promise_listed
        "promise",
        f"""{THEIRS} AND m.initiative_id IN ({{going}}) AND m.day = %(today)s
        AND m.confirmed_at IS NOT NULL AND m.asked_at IS NULL AND {QUIET_OR_NOT}
        AND {same_date_not_aside("agreed-due")} ORDER BY m.id""",
    ),
)
