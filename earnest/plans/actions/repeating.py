"""What others wrote with somebody's words in it, once these are mended or taken back (privacy.md 4).

Answers, threads, parts, published versions, the chain, and mails that have not left. What somebody
else said themselves stays theirs, though it is word for word the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from earnest.checkins.models import Round
from earnest.engine.language.repeats import is_enough
from earnest.initiatives.models import Participation, ScheduleChange
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.plans.models import (
    Chain,
    Change,
    Input,
    Part,
    Post,
    Reply,
    RoundReply,
    Story,
    Version,
)

type Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Reworded:
    """Whose words they are, as they were, and as they are now: empty where they were taken back."""

    whose: Participation
    old: str
    new: str

    def within(self, text: str) -> str:
        return messaging.reworded(text, self.old, self.new)


def change_everywhere(words: Reworded, *, at: datetime) -> None:
    """The new words in the old ones' place, wherever somebody repeated them."""
    if not is_enough(words.old):
        return
    for rows, columns in (*_theirs(words.whose), *_ours(words.whose)):
        _change_in(rows, columns, words)
    _change_published(words)
    _change_waiting_mail(words, at=at)


def _theirs(whose: Participation) -> Iterable[tuple[Rows, tuple[str, ...]]]:
    """Their own words, and what a lead noted without knowing whose it is."""
    nobodys = Q(participation=None, source=Input.Source.NOTED)
    inputs = Input.objects.filter(nobodys | Q(participation=whose), erased_at=None)
    return (
        (inputs.filter(initiative=whose.initiative_id), ("words",)),
        (Post.objects.filter(participation=whose), ("words",)),
        (Chain.objects.filter(participation=whose), ("value", "link", "answer")),
    )


def _ours(whose: Participation) -> Iterable[tuple[Rows, tuple[str, ...]]]:
    """What leads wrote on this initiative, to whomever."""
    here = whose.initiative_id
    to_others = {"participation__initiative": here}
    return (
        (Reply.objects.filter(initiative=here), ("words",)),
        (Post.objects.filter(from_person=False, **to_others), ("words",)),
        (RoundReply.objects.filter(round__initiative=here), ("words", "changes")),
        (Round.objects.filter(initiative=here), ("changed",)),
        (Part.objects.filter(initiative=here), ("title", "what", "why", "dropped_why")),
        (Version.objects.filter(initiative=here), ("summary",)),
        (Change.objects.filter(version__initiative=here), ("title", "words")),
        (Chain.objects.filter(corrected_at=None, **to_others), ("link",)),
        (Story.objects.filter(initiative=here), ("title", "worked", "did_not", "differently")),
        (ScheduleChange.objects.filter(initiative=here), ("cause",)),
    )


def _change_in(rows: Rows, columns: tuple[str, ...], words: Reworded) -> None:
    first = words.old.split()[0]
    likely = Q()
    for column in columns:
        likely |= Q(**{f"{column}__contains": first})
    for row in rows.filter(likely):
        changed = {
            column: said
            for column in columns
            if (said := _said(row, column, words)) != getattr(row, column)
        }
        if changed:
            type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _said(row: Model, column: str, words: Reworded) -> str:
    """With the new words in place of the old, never longer than the column takes."""
    said = words.within(getattr(row, column))
    return said[: getattr(row._meta.get_field(column), "max_length", None)]


def _change_published(words: Reworded) -> None:
    """The plan as it was published is kept as JSON, in which no search finds an umlaut."""
    rows = Version.objects.filter(initiative=words.whose.initiative_id).only("pk", "parts")
    for row in rows.iterator(chunk_size=50):
        parts = [
            {
                key: words.within(said) if key in {"title", "what", "why"} else said
                for key, said in part.items()
            }
            for part in row.parts
        ]
        if parts != row.parts:
            Version.objects.filter(pk=row.pk).update(parts=parts)


def _change_waiting_mail(words: Reworded, *, at: datetime) -> None:
    """Mails to others that have not left; not to whoever said the very same themselves."""
    here, same = words.whose.initiative_id, {"words": words.old, "erased_at": None}
    said_too = {
        *Input.objects.filter(initiative=here, **same).values_list("participation", flat=True),
        *Quote.objects.filter(initiative=here, **same).values_list("participation", flat=True),
    }
    messaging.replace_in_waiting(
        here, words.old, words.new, but={*said_too, words.whose.pk} - {None}, at=at
    )
