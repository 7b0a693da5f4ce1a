"""Spaces in which a leader asked, and then asked nobody in, or took nothing up (4.4, 1.14).

Each gives all a case is made of, so that nothing more is read about it. Who said what there is not
looked at: of a space without names nobody could say.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import Part, not_aside

QUESTION_LENGTH = 140


def _space(sort: str, rule: str, when: str) -> Part:
    query = f"""SELECT s.id, s.initiative_id AS place,
        SUBSTR(s.question, 1, {QUESTION_LENGTH}) AS words, s.made_at AS moment,
        s.ideas_given AS number FROM ideas_space s
        WHERE s.initiative_id IN ({{going}}) AND {when}
        AND {not_aside(f"{rule}:{sort}", "s.id")} ORDER BY s.made_at, s.id"""
    return Part(sort, query, ("place", "words", "moment", "number"))


PARTS = (
    # space_open: for a day, and nobody was written to, or came by another way
    _space(
        "space_unasked",
        "space-unasked",
        """s.closed_at IS NULL AND s.made_at <= %(yesterday)s
        AND NOT EXISTS (SELECT 1 FROM ideas_invited v WHERE v.space_id = s.id)
        AND NOT EXISTS (SELECT 1 FROM ideas_voice w WHERE w.space_id = s.id)""",
    ),
    # space_none_taken_up: for a week, open or closed; a lead's own idea waits for nobody
    _space(
        "ideas_wait",
        "ideas-wait",
        """s.taken_up_at IS NULL AND s.ideas_given > 0 AND s.made_at <= %(last_week)s
        AND EXISTS (SELECT 1 FROM ideas_idea i WHERE i.space_id = s.id AND i.gone = ''
            AND i.merged_into_id IS NULL AND NOT i.of_lead)""",
    ),
)
