"""Open questions that nobody was asked yet, and groups of answers that wait for a name (1.10)."""

# ruff: noqa: S608
from __future__ import annotations

from earnest.rhythm.candidates.fragments import Part, not_aside

SEVERAL = "o.topic_id = q.id AND o.name = '' AND o.size > 1"
PARTS = (
    Part(  # topic_unasked, by the spaces of an initiative; whoever came by themselves was asked
        "topic_unasked",
        f"""SELECT q.id, s.initiative_id AS place, q.question AS words, q.started_at AS moment
        FROM ideas_space s JOIN ideas_topic q ON q.space_id = s.id
        WHERE s.initiative_id IN ({{going}}) AND s.closed_at IS NULL
        AND q.asked_at IS NULL AND q.closed_at IS NULL
        AND q.answers_count = 0 AND q.tips_count = 0
        AND q.started_at <= %(an_hour_ago)s
        AND {not_aside("topic-unasked:topic_unasked", "q.id")} ORDER BY q.started_at""",
        ("place", "words", "moment"),
    ),
    Part(  # answer_group_unnamed
        "topic_groups",
        f"""SELECT q.id, s.initiative_id AS place, q.question AS words, q.started_at AS moment,
            (SELECT COUNT(*) FROM ideas_answergroup o WHERE {SEVERAL}) AS number
        FROM ideas_space s JOIN ideas_topic q ON q.space_id = s.id
        WHERE s.initiative_id IN ({{going}})
        AND EXISTS (SELECT 1 FROM ideas_answergroup o WHERE {SEVERAL})
        AND {not_aside("groups-named:topic_groups", "q.id")} ORDER BY q.id""",
        ("place", "words", "moment", "number"),
    ),
)
