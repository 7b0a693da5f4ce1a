"""Groups of answers: found by the machine, and named, split, joined and filled by people.

What people did is never overturned: their groups stay, and an answer they put somewhere stays there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.ideas.actions.answers import recount_groups
from earnest.ideas.models import Answer, AnswerGroup, Topic

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What the machine found: the answers of each group by their key, and a name for each."""

    kept: dict[int, list[int]]  # group of people's making → answers that join it
    new: Sequence[tuple[str, list[int]]]  # suggested name, answers
    suggestions: dict[int, str]  # for groups of people's making without a name
    reads: datetime | None  # what was due as the answers were read


@transaction.atomic
def store_groups(topic: Topic, found: Found, *, at: datetime) -> None:
    """Lay what was found: answers people placed meanwhile stay where they are."""
    Topic.objects.select_for_update().only("pk").get(pk=topic.pk)
    free = Answer.objects.filter(topic=topic, by_hand=False)
    free.exclude(group__kept=True).update(group=None)
    topic.groups.filter(kept=False, answers=None).delete()
    for pk, answers in found.kept.items():
        _put(free.filter(group=None), answers, AnswerGroup(pk=pk))
    for name, answers in found.new:
        made = AnswerGroup.objects.create(topic=topic, suggestion=name)
        _put(free.filter(group=None), answers, made)
    for pk, words in found.suggestions.items():
        topic.groups.filter(pk=pk).update(suggestion=words)
    recount_groups(topic)
    Topic.objects.filter(pk=topic.pk).update(grouped_at=at)
    Topic.objects.filter(pk=topic.pk, due_at=found.reads).update(due_at=None)


def _put(rows: Iterable[Answer], keys: list[int], group: AnswerGroup) -> None:
    for start in range(0, len(keys), AT_ONCE):
        rows.filter(pk__in=keys[start : start + AT_ONCE]).update(group=group)  # type: ignore[attr-defined]


@transaction.atomic
def name_group(group: AnswerGroup, name: str, *, by: User, at: datetime) -> bool:
    """In people's words; from now on it stays. True if it is another name than before."""
    rows = AnswerGroup.objects.filter(pk=group.pk).exclude(name=name)
    if not rows.update(name=name, by=by, kept=True):
        return False
    _record("topic_group_named", group.topic, by=by, at=at)
    return True


@transaction.atomic
def join_groups(
    into: AnswerGroup, other: AnswerGroup, *, by: User, at: datetime
) -> AnswerGroup | None:
    """Two that say the same are one. None where one of them is gone, or it is one and the same."""
    both = AnswerGroup.objects.select_for_update().filter(pk__in=(into.pk, other.pk))
    if len(both.order_by("pk")) < 2 or into.topic_id != other.topic_id:
        return None
    Answer.objects.filter(group=other).update(group=into)
    AnswerGroup.objects.filter(pk=into.pk).update(
        kept=True, by=by, name=into.name or other.name, suggestion=into.suggestion
    )
    AnswerGroup.objects.filter(pk=other.pk).delete()
    recount_groups(into.topic)
    _record("topic_groups_joined", into.topic, by=by, at=at)
    return into


@transaction.atomic
def split_group(
    group: AnswerGroup, answers: Iterable[int], name: str, *, by: User, at: datetime
) -> AnswerGroup | None:
    """Some of it say something of their own. None where none of these are in it any more."""
    theirs = Answer.objects.filter(group=group, shown=True, pk__in=list(answers))
    keys = list(theirs.values_list("pk", flat=True))
    if not keys:
        return None
    made = AnswerGroup.objects.create(topic=group.topic, name=name, by=by, kept=True)
    Answer.objects.filter(pk__in=keys).update(group=made, by_hand=True)
    AnswerGroup.objects.filter(pk=group.pk).update(kept=True)
    recount_groups(group.topic)
    _record("topic_group_split", group.topic, by=by, at=at)
    return made


@transaction.atomic
def move_answer(answer: Answer, to: AnswerGroup | None, *, by: User, at: datetime) -> bool:
    """Where people put it; None: on its own, which is an answer too. True if it was elsewhere."""
    if to and to.topic_id != answer.topic_id:
        return False
    rows = Answer.objects.filter(pk=answer.pk, shown=True)
    if answer.group_id == (to.pk if to else None) and answer.by_hand:
        return False
    if not rows.update(group=to, by_hand=True):
        return False
    if to:
        AnswerGroup.objects.filter(pk=to.pk).update(kept=True)
    recount_groups(answer.topic)
    _record("topic_answer_moved", answer.topic, by=by, at=at)
    return True


def _record(action: str, topic: Topic, *, by: User, at: datetime) -> None:
    events.record(action, by=by, at=at, about=topic)
