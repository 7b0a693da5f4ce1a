"""A mail that answers an open question: what it asks for, for the leads alone where a choice is due."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.ideas.actions.answers import Said, give_answer
from earnest.ideas.actions.spaces import speak
from earnest.ideas.actions.tips import TipDraft, name_tip, reply
from earnest.ideas.models import Topic
from earnest.ideas.models.topics import TIP
from earnest.initiatives.models import Participation


@transaction.atomic
def answer_by_mail(
    topic: Topic, participation: Participation, words: str, *, is_question: bool, at: datetime
) -> None:
    """To the question itself an answer, or the one tip where there is none yet; else a reply.

    An answer is for the leads alone until its author chooses otherwise on their page; a tip stands
    without their name and not in the playbook. Raises TopicClosed, EnoughSaid or AskedToStop.
    """
    if topic.space is None:
        raise ValueError("a question among members is not answered by a person's mail")
    voice = speak(topic.space, participation=participation, key_hash="", at=at)
    if not topic.asks_tips:
        give_answer(topic, voice, Said(words), at=at)
        return
    has_tip = topic.tips.filter(speaker__voice=voice).exists()
    if is_question and not has_tip and len(words) <= TIP:
        name_tip(topic, voice, TipDraft(words), at=at)
    else:
        reply(topic, voice, words, at=at)
