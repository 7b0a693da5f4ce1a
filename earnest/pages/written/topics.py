"""What they said under open questions, by name: answers, their one tip, replies, what helped them,
and whether replies come to them by mail (1.10, 1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.ideas.models import Answer, Helped, Passing, Speaker, Tip, TopicReply
from earnest.initiatives.models import Participation
from earnest.pages.written.rows import Happening, Row, rows_as

CALLED = {
    "topic_answer": gettext_lazy("an answer"),
    "topic_tip": gettext_lazy("their one tip"),
    "topic_reply": gettext_lazy("a reply"),
    "topic_helped": gettext_lazy("said that this tip helped"),
    "topic_follow": gettext_lazy("new replies come by mail"),
}


@dataclass(frozen=True, slots=True)
class SaidOpenly:
    """One thing of theirs under a question."""

    sort: str
    pk: int
    question: str
    words: str
    on: date | None
    passing: str
    topic_pk: int
    space_pk: int

    @property
    def called(self) -> str:
        return str(CALLED[self.sort])

    @property
    def seen_by(self) -> str:
        """Where they chose who may read it."""
        return str(dict(Passing.choices).get(self.passing, ""))


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    by_voice = {"speaker__voice__participation": participation.pk}
    under = {
        "has_place": False,
        "more": "topic__question",
        "conversation_id": "topic_id",
        "start": "topic__space_id",
    }
    tip: dict[str, Any] = {
        "has_place": False,
        "words": "tip__words",
        "more": "tip__topic__question",
        "conversation_id": "tip__topic_id",
        "start": "tip__topic__space_id",
    }
    follows = Speaker.objects.filter(voice__participation=participation.pk, follows=True)
    return [
        rows_as("topic_answer", Answer.objects.filter(**by_voice), on="on", who="passing", **under),  # type: ignore[arg-type]
        rows_as("topic_tip", Tip.objects.filter(**by_voice), on="on", who="passing", **under),  # type: ignore[arg-type]
        rows_as("topic_reply", TopicReply.objects.filter(**by_voice), at="at", **under),  # type: ignore[arg-type]
        rows_as("topic_helped", Helped.objects.filter(**by_voice), **tip),
        rows_as("topic_follow", follows, words="topic__question", at="told_to", **under),  # type: ignore[arg-type]
    ]


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """The latest first, as far as the day is known."""
    rows = [_said(row) for sort in CALLED for row in met.get(sort, ())]
    return {"said_openly": sorted(rows, key=lambda one: one.on or date.min, reverse=True)}


def _said(row: Row) -> SaidOpenly:
    return SaidOpenly(
        sort=row.sort,
        pk=row.pk,
        question=row.more,
        words=row.words if row.sort != "topic_follow" else "",
        on=row.on or (row.at.date() if row.at else None),
        passing=row.who or "",
        topic_pk=row.conversation_id or 0,
        space_pk=row.start or 0,
    )


def happened(said: list[SaidOpenly], name: str) -> list[Happening]:
    """Answers, tips and replies, each on its day."""
    texts = {
        "topic_answer": _("Answered “%(question)s”: %(words)s"),
        "topic_tip": _("Named a tip for “%(question)s”: %(words)s"),
        "topic_reply": _("Replied under “%(question)s”: %(words)s"),
    }
    return [
        Happening(
            one.on, "did", texts[one.sort] % {"question": one.question, "words": one.words}, name
        )
        for one in said
        if one.on and one.sort in texts
    ]
