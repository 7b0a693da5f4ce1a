"""Plays what the leader of the example says to themselves: the mirror is seen by them alone.

A file of its own beside ``playing.py``, as the story of the asks is beside that of the talks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.pages.actions import mirror
from earnest.pages.actions.mirror import AlreadyPlanned, Noted
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.pages.models import LeaderQuestion

EVENING = 18  # an hour of a day


def acts(scene: Scene) -> Iterator[Act]:
    """A line a week, or none; the question to one's own leader, asked once and planned again."""
    told, plan = story().mirror, scene.calendar.moment
    for row in told["week"]:
        yield plan(row["day"], EVENING), partial(_week, scene, row["words"])
    yield plan(told["asked"]["planned"], EVENING), partial(_ask, scene, told["asked"])
    yield plan(told["planned"]["made"], EVENING), partial(_plan, scene, told["planned"])


def _week(scene: Scene, words: str, at: datetime) -> None:
    if words:
        mirror.write_line(scene.initiative, words, by=scene.by, at=at)
    else:
        mirror.leave_week(scene.initiative, by=scene.by, at=at)


def _ask(scene: Scene, row: dict[str, Any], at: datetime) -> None:
    """Planned and noted; whoever has a real one planned keeps theirs alone."""
    asked = _planned(scene, row["question"], row["asked"], at)
    if asked:
        noted = Noted(scene.calendar.day(row["asked"]), row["said"], row["differently"])
        mirror.note_answer(asked, noted, by=scene.by, at=scene.calendar.moment(row["asked"], 19))


def _plan(scene: Scene, row: dict[str, Any], at: datetime) -> None:
    _planned(scene, row["question"], row["on"], at)


def _planned(scene: Scene, question: str, day: int, at: datetime) -> LeaderQuestion | None:
    try:
        return mirror.plan_question(
            question, scene.calendar.day(day), by=scene.by, at=at, example=scene.initiative
        )
    except AlreadyPlanned:
        return None
