"""Moments that came for people this leader holds, with the point and their link to it (0.8, 0.11).

Each gives all a case is made of, so that nothing more is read about it.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import (
    OF_MINE_RARELY,
    QUIET_OR_NOT,
    WITH_PERSON,
    Part,
    not_aside,
)
from earnest.rhythm.candidates.talks import WHO, WITH

# What the moment says, else how this serves them, as it was told them last.
LINK = """COALESCE(NULLIF(m.link, ''), (
    SELECT c.link FROM plans_chain c
    WHERE c.participation_id = t.id AND c.told_at IS NOT NULL
    ORDER BY c.told_at DESC, c.id DESC LIMIT 1), '')"""

PARTS = (
    Part(  # moments_that_wait
        "moment",
        f"""SELECT b.id, {WHO}, o.words AS words,
        m.what || CASE WHEN {LINK} = '' THEN '' ELSE '. ' || {LINK} END AS more,
        b.noticed_at AS moment
        FROM practice_momentseen b JOIN practice_moment m ON m.id = b.moment_id
        JOIN practice_point o ON o.id = m.point_id {WITH_PERSON.format(table="b")}
        WHERE b.initiative_id IN ({{going}}) AND b.state = 'waiting'
        AND {OF_MINE_RARELY} AND {QUIET_OR_NOT}
        AND {not_aside("moment-came:momentseen", "b.id")} ORDER BY b.noticed_at, b.id""",
        (*WITH, "words", "more", "moment"),
    ),
)
