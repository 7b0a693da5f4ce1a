"""People this leader holds whose place calls for something; ``words`` are marks of theirs."""

from __future__ import annotations

from earnest.engine.steps import TWICE
from earnest.rhythm.candidates.fragments import (
    BRIEFED,
    EXPLAINED_TWICE,
    NO_TALK_SINCE,
    NO_TALK_SINCE_NO,
    NO_TRY_OFFERED,
    WORD_DUE,
    Part,
    held,
    not_aside,
    standing,
)


def _person(query: str) -> Part:
    return Part("person", query, ("words",))


PARTS = (
    # rung_on_initiative
    _person(standing("fading") + f" AND r.step = 'fading' AND {NO_TALK_SINCE} ORDER BY r.since"),
    _person(
        standing("one-small-step")
        + " AND r.step = 'nodded' AND r.since <= %(last_week)s ORDER BY r.since"
    ),
    # rung_no_chance
    _person(
        standing("no-chance")
        + f" AND r.no_chance_since IS NOT NULL AND {NO_TRY_OFFERED} ORDER BY r.no_chance_since"
    ),
    # rung_no_twice: nobody talked with them since
    _person(
        standing("no-twice", mark="'no_twice'")
        + f" AND r.nos >= {TWICE} AND {NO_TALK_SINCE_NO} ORDER BY r.no_at"
    ),
    # talks_explained
    _person(
        held("explained-twice", rung="LEFT JOIN", mark="'explained_twice'")
        + f" AND {EXPLAINED_TWICE} AND {NO_TRY_OFFERED} ORDER BY t.id"
    ),
    # held_by_contact: the longest without a word first
    _person(standing("word-due") + f" AND {WORD_DUE} ORDER BY t.last_contact_at"),
    # held_on_initiative
    _person(
        held("unheard", rung="LEFT JOIN", mark=BRIEFED)
        + " AND (r.participation_id IS NULL OR (r.step = 'unheard' AND r.heard_at IS NULL))"
        f" AND {not_aside('brief-missing:person', 't.id')} ORDER BY t.id"
    ),
)
