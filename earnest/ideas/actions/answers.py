"""Answers to an open question: given, put in other words, taken back, passed on (1.10).

Without names nobody sees an answer before five people gave one that nobody has seen: whoever
watches the page learns of five at once, never of one (privacy.md 7). No event is written there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext

from earnest.core import events
from earnest.ideas.actions.topics import locked, speaker_of
from earnest.ideas.models import Answer, AnswerGroup, Passing, Speaker, Topic, Voice
from earnest.ideas.models.topics import new_key
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

TOGETHER = 5  # people whose words come to be seen at once
MOST_EACH = 10  # answers of one person to one question


class EnoughSaid(Exception):
    """Ten answers are there already."""

    @property
    def sentence(self) -> str:
        return gettext("You gave ten answers here. Take one back to give another.")


@dataclass(frozen=True, slots=True)
class Said:
    """What they answer, and who may read it."""

    words: str
    passing: str = Passing.LEADS


@transaction.atomic
def give_answer(topic: Topic, voice: Voice, said: Said, *, at: datetime) -> Answer:
    """One answer; the same words once. Raises TopicClosed, EnoughSaid or AskedToStop."""
    if voice.participation:
        voice.participation.refuse_if_stopped()
    there = locked(topic)
    speaker = speaker_of(there, voice, at=at)
    before = list(speaker.answers.all()[: MOST_EACH + 1])
    if twin := next((one for one in before if one.words == said.words), None):
        return twin
    if len(before) >= MOST_EACH:
        raise EnoughSaid
    answer = _written(there, speaker, said, at=at)
    _count(there, first=not before, at=at)
    if there.names:
        _note(there, voice, first=not before, at=at)
    else:
        show_together(there)
    return answer


def _written(topic: Topic, speaker: Speaker, said: Said, *, at: datetime) -> Answer:
    passing = said.passing
    if not topic.names and passing == Passing.NAMED:
        passing = Passing.UNNAMED
    return Answer.objects.create(
        pk=new_key(at if topic.names else None),
        topic=topic,
        speaker=speaker,
        words=said.words,
        on=topic.workspace.day(at),
        passing=passing,
        shown=topic.names,
    )


def _count(topic: Topic, *, first: bool, at: datetime) -> None:
    """Stored as shown; without names nothing of it is shown before five are there."""
    rows = Topic.objects.filter(pk=topic.pk)
    if topic.names:
        rows.update(
            answers_count=F("answers_count") + 1, people=F("people") + int(first), due_at=at
        )


def _note(topic: Topic, voice: Voice, *, first: bool, at: datetime) -> None:
    """An answer is a deed of its author's, once for each question (model.md)."""
    events.record("topic_answered", at=at, about=topic)
    if voice.participation is None or not first:
        return
    fact = Fact("did", 1, f"topic {topic.pk}", item="contributed")
    standing.record_evidence(voice.participation, fact, at=at)
    messaging.note_contact(
        voice.participation,
        direction=Contact.Direction.THEY,
        channel=Contact.Channel.PAGE,
        kind=Contact.Kind.ANSWER,
        at=at,
    )


def show_together(topic: Topic) -> bool:
    """Where five people have words that nobody saw, these are seen from now on. Held locked."""
    unseen = topic.answers.filter(shown=False)
    waiting = unseen.aggregate(n=Count("speaker", distinct=True))["n"]
    if waiting < TOGETHER:
        return False
    unseen.update(shown=True)
    seen = topic.answers.filter(shown=True)
    counted = seen.aggregate(n=Count("pk"), people=Count("speaker", distinct=True))
    # The moment of the fifth is nobody's: it is told as the beginning of the question.
    Topic.objects.filter(pk=topic.pk).update(
        answers_count=counted["n"], people=counted["people"], due_at=topic.started_at
    )
    return True


@transaction.atomic
def reword_answer(answer: Answer, words: str, *, at: datetime) -> bool:
    """That is not what I meant: with names, at once; a regrouping follows. True if changed."""
    if not answer.topic.names or words == answer.words:
        return False
    Answer.objects.filter(pk=answer.pk).update(words=words)
    _due(answer.topic, at=at)
    events.record("topic_answer_mended", at=at, about=answer.topic)
    return True


@transaction.atomic
def mend_answer(answer: Answer, words: str, *, at: datetime) -> bool:
    """As its author means it; empty: taken back. True if changed.

    Called by ``plans.actions.mend_answer``, which mends what the plan took of it too.
    """
    if words:
        return reword_answer(answer, words, at=at)
    return take_answer_back(answer, at=at)


@transaction.atomic
def pass_answer_on(answer: Answer, passing: str, *, at: datetime) -> None:
    """Obeyed at once, also where it was shown before (privacy.md 4)."""
    if not answer.topic.names and passing == Passing.NAMED:
        passing = Passing.UNNAMED
    Answer.objects.filter(pk=answer.pk).update(passing=passing)
    if answer.topic.names:
        events.record("topic_answer_passed_on", at=at, about=answer.topic)


@transaction.atomic
def take_answer_back(answer: Answer, *, at: datetime) -> bool:
    """It goes, with its words. True if now."""
    topic, group, whose = answer.topic, answer.group_id, answer.author
    if not Answer.objects.filter(pk=answer.pk).delete()[0]:
        return False
    recount(topic)
    if group:  # its suggested name may hold their words: the clock makes it anew
        AnswerGroup.objects.filter(pk=group).update(suggestion="")
        recount_groups(topic)
        _due(topic, at=at if topic.names else topic.started_at)
    if topic.names:
        events.record("topic_answer_taken_back", at=at, about=topic)
    if whose and not topic.answers.filter(speaker=answer.speaker_id).exists():
        standing.withdraw_evidence(whose, f"topic {topic.pk}", kind="did", at=at)
    return True


def recount(topic: Topic) -> None:
    """The counts of a question, from what can be seen of it."""
    seen = topic.answers.filter(shown=True)
    counted = seen.aggregate(n=Count("pk"), people=Count("speaker", distinct=True))
    Topic.objects.filter(pk=topic.pk).update(answers_count=counted["n"], people=counted["people"])


def recount_groups(topic: Topic) -> None:
    """The counts of its groups. A group nobody made and nobody is in any more goes."""
    rows = AnswerGroup.objects.filter(topic=topic).annotate(
        n=Count("answers"), who=Count("answers__speaker", distinct=True)
    )
    changed = []
    for one in rows:
        if (one.size, one.people) != (one.n, one.who):
            one.size, one.people = one.n, one.who
            changed.append(one)
    AnswerGroup.objects.bulk_update(changed, ("size", "people"), batch_size=500)
    AnswerGroup.objects.filter(topic=topic, kept=False, size=0).delete()


def _due(topic: Topic, *, at: datetime) -> None:
    Topic.objects.filter(pk=topic.pk).update(due_at=at)
