"""What the clock does for ideas: supporters are told, maps renewed, answers grouped; and
who follows a question, or wished to hear what becomes of a space, is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from earnest.ideas import actions, queries, telling
from earnest.ideas.actions.outcomes import tell_outcome
from earnest.ideas.models import Idea, Outcome
from earnest.ideas.queries import maps, topics
from earnest.initiatives.models import Participation

IDEAS, PEOPLE = 50, 200  # at once; the rest the next time
TOPICS, SPEAKERS = 5, 100


def tell_supporters(*, at: datetime) -> int:
    """Returns how many were written to."""
    due = queries.ideas_to_tell(at=at, most=IDEAS)
    told = sum(actions.tell_supporter(whom, ideas, at=at) for whom, ideas in _by_person(due))
    for idea in due:
        actions.say_told(idea)
    return told


def _by_person(due: list[Idea]) -> Iterator[tuple[Participation, list[Idea]]]:
    by_key = {idea.pk: idea for idea in due}
    waiting: dict[int, tuple[Participation, list[Idea]]] = {}
    for said in queries.untold_support(list(by_key), most=PEOPLE):
        whom = said.voice.participation
        if whom is not None:
            waiting.setdefault(whom.pk, (whom, []))[1].append(by_key[said.idea_id])
    yield from waiting.values()


def renew_maps(*, at: datetime) -> int:
    """Maps of spaces in which five or more voted since, each anew, off every voter's path.

    Under the schedule's lease. Returns how many were made.
    """
    due = maps.due_for_map()
    if not due:
        return 0
    from earnest.ideas import opinion  # noqa: PLC0415  (it loads NumPy)

    return sum(opinion.renew(space, at=at) is not None for space in due)


def tell_outcomes(*, at: datetime) -> int:
    """Who wished to hear what becomes of a space is told. Returns how many mails were laid ready."""
    waiting = Outcome.objects.filter(told_at=None).order_by("space", "pk")
    return sum(tell_outcome(one, at=at) for one in waiting[:IDEAS])


def group_answers(*, at: datetime) -> int:
    """Open questions something came to since. Returns how many were grouped.

    NumPy is imported here at the earliest: no web process needs it.
    """
    due = topics.topics_due(at=at, most=TOPICS)
    if not due:
        return 0
    from earnest.ideas import grouping  # noqa: PLC0415

    for topic in due:
        grouping.group_answers(topic, at=at)
    return len(due)


def tell_followers(*, at: datetime) -> int:
    """New replies, in one mail a day at most. Returns how many were written to."""
    return telling.tell_followers(topics.followers_due(at=at, most=SPEAKERS), at=at)
