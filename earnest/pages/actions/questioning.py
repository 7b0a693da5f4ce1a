"""Plays an open question of the example with its answers, and one favourite tip of two people.

A file of its own beside ``shaping.py``: what is asked of everyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from earnest.ideas.actions.answers import Said, give_answer
from earnest.ideas.actions.spaces import speak
from earnest.ideas.actions.tips import TipDraft, name_tip, reply, say_helped
from earnest.ideas.actions.topics import TopicDraft, start_topic
from earnest.ideas.models import Topic, Voice
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story

PUT = 10  # the hour
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """The question and the tips, each on its day."""
    told, plan = story().topics, scene.calendar.moment
    yield plan(told["question"]["day"], PUT), partial(_ask, scene, told["question"])
    yield plan(told["tips"]["day"], PUT), partial(_ask_for_tips, scene, told["tips"])


def _voice(scene: Scene, topic: Topic, name: str, at: datetime) -> Voice:
    if topic.space is None:
        raise ValueError("a question of the example has a space")
    return speak(topic.space, participation=scene.on_it[name], key_hash="", at=at)


def _ask(scene: Scene, row: Row, at: datetime) -> None:
    topic = start_topic(scene.initiative, TopicDraft(row["words"]), by=scene.by, at=at)
    for number, one in enumerate(row["answer"], start=1):
        when = at + timedelta(minutes=7 * number)
        said = Said(one["words"], one["passing"])
        give_answer(topic, _voice(scene, topic, one["who"], when), said, at=when)


def _ask_for_tips(scene: Scene, row: Row, at: datetime) -> None:
    draft = TopicDraft(row["words"], Topic.Kind.TIPS)
    topic = start_topic(scene.initiative, draft, by=scene.by, at=at)
    tips = []
    for number, one in enumerate(row["tip"], start=1):
        when = at + timedelta(minutes=11 * number)
        tip = TipDraft(one["words"], one["named"], one["in_playbook"])
        tips.append(name_tip(topic, _voice(scene, topic, one["who"], when), tip, at=when))
    later = at + timedelta(hours=2)
    who = _voice(scene, topic, row["reply"]["who"], later)
    say_helped(tips[0], who, helped=True, at=later)
    reply(topic, who, row["reply"]["words"], tip=tips[0], at=later)
