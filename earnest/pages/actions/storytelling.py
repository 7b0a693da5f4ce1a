"""Plays the story told in the example, whose words stand in it, and figures in groups by the week.

A file of its own beside ``shaping.py``: what others than the leads read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.actions import own_words
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.actions.shaping import hand_over
from earnest.pages.example.story import story
from earnest.plans.actions import stories as plans
from earnest.plans.actions.showing import show_inputs
from earnest.plans.actions.stories import StoryDraft
from earnest.plans.models import Story, StoryVoice
from earnest.standing import actions as standing

COUNTED, TOLD, ASKED = 7, 15, 16
type Row = dict[str, Any]


class _NoneRests(random.Random):
    """In the example every figure that may be shown is shown."""

    def randrange(self, *args: int, **_more: int) -> int:  # type: ignore[override]
        return 1


def acts(scene: Scene) -> Iterator[Act]:
    """Mondays on which was counted, and one story."""
    told = story().stories
    for day in told["counted"]:
        at = scene.calendar.moment(day, COUNTED)
        yield at - timedelta(days=at.weekday()), partial(_count, scene)
    yield scene.calendar.moment(told["story"]["day"], TOLD), partial(_tell, scene, told["story"])


def _count(scene: Scene, at: datetime) -> None:
    standing.make_figures(scene.initiative, at=at, draw=_NoneRests())
    show_inputs(scene.initiative, at=at)


def _tell(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    words = {name: row[name].strip() for name in ("title", "worked", "did_not", "differently")}
    stage = scene.initiative.stages.get(position=row["stage"])
    one = plans.begin_story(scene.initiative, StoryDraft(**words, stage=stage), by=scene.by, at=at)
    for voice in row["voice"]:
        yield scene.calendar.moment(voice["asked"], ASKED), partial(_ask, scene, one, voice)
    when = scene.calendar.moment(row["published"], TOLD)
    yield when, partial(_publish, scene, one, row["readers"])


def _publish(scene: Scene, one: Story, readers: str, at: datetime) -> None:
    plans.publish_story(one, readers, by=scene.by, at=at)


def _ask(scene: Scene, one: Story, row: Row, at: datetime) -> Iterator[Act]:
    """Their words, which they let be passed on, asked for this story."""
    whose = scene.on_it[row["who"]]
    quote = whose.quotes.filter(erased_at=None).order_by("pk")[0]
    own_words.pass_on(quote, Quote.PassedOn.NAMED, at=at)
    plans.choose_voices(one, [quote], by=scene.by, at=at)
    voice = one.voices.select_related("story", "quote__participation__person").get(quote=quote)
    plans.ask_voice(voice, by=scene.by, at=at)
    hand_over(scene, at)
    if "answer" in row:
        yield scene.calendar.moment(row["answered"], TOLD), partial(_answer, voice, whose, row)


def _answer(voice: StoryVoice, whose: Participation, row: Row, at: datetime) -> None:
    plans.answer_voice(voice, whose, row["answer"], at=at)
