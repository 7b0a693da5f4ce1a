"""Lessons of which nobody noted who was there, and who asked to be shown one again (0.9, 0.3).

Each gives all a case is made of, so that nothing more is read about it.
"""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import (
    NOT_STOPPED,
    OF_MINE_RARELY,
    WITH_PERSON,
    Part,
    not_aside,
)
from earnest.rhythm.candidates.talks import WHO, WITH

PARTS = (
    Part(  # lessons_nobody_noted: taught, and nobody's being there or not is written down
        "lesson",
        f"""SELECT l.id, l.initiative_id AS place, l.title AS words, l.made_at AS moment
        FROM practice_lesson l WHERE l.initiative_id IN ({{going}})
        AND l.there = 0 AND l.taken_back_at IS NULL AND l.not_there = 0
        AND l.taught_on BETWEEN %(story_from)s AND %(today)s AND l.made_at <= %(an_hour_ago)s
        AND {not_aside("lesson-nobody:lesson", "l.id")} ORDER BY l.taught_on""",
        ("place", "words", "moment"),
    ),
    Part(  # follow_ups_to_show_again
        "show_again",
        f"""SELECT f.id, {WHO}, l.title AS words, f.answered_at AS moment
        FROM practice_followup f JOIN practice_lesson l ON l.id = f.lesson_id
        {WITH_PERSON.format(table="f")} WHERE f.initiative_id IN ({{going}})
        AND f.answer = 'show_again' AND f.answered_at > %(fortnight_ago)s
        AND {OF_MINE_RARELY} AND {NOT_STOPPED}
        AND {not_aside("show-again:followup", "f.id")} ORDER BY f.answered_at""",
        (*WITH, "words", "moment"),
    ),
)
