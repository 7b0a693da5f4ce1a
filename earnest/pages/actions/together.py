"""Plays ideas in the example: a question without names, ideas that build on each other, support, two
that are the same (4.4, 4.5).

A file of its own beside ``shaping.py``, as the story of the ideas is beside that of the plan.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial
from importlib import resources
from typing import Any

from earnest.ideas import actions as ideas
from earnest.ideas.access.spaces import key_hash
from earnest.ideas.actions import Given, SpaceDraft
from earnest.ideas.models import Idea, Space, Voice
from earnest.pages.actions.scene import Act, Scene

ASKED, SAID, SUPPORTED, JOINED = 10, 11, 12, 13  # hours of a day
type Row = dict[str, Any]


@cache
def told() -> dict[str, Any]:
    """The story of the ideas as written: of nobody's, so that it says nothing of the cast."""
    there = resources.files("earnest.pages.example").joinpath("ideas.toml")
    return tomllib.loads(there.read_text("utf-8"))


def acts(scene: Scene) -> Iterator[Act]:
    """Everything that was asked, given, supported, put together and taken up, at its moment."""
    plan = scene.calendar.moment
    yield plan(told()["space"]["day"], ASKED), partial(_ask, scene)
    sorts = {"idea": (_give, SAID), "support": (_support, SUPPORTED), "same": (_same, JOINED)}
    for sort, (act, hour) in sorts.items():
        for row in told()[sort]:
            yield plan(row["day"], hour), partial(act, scene, row)


def _ask(scene: Scene, at: datetime) -> None:
    draft = SpaceDraft(told()["space"]["question"], names=False)
    ideas.start_space(scene.initiative, draft, by=scene.by, at=at)


def _space(scene: Scene) -> Space:
    return scene.initiative.spaces.get(question=told()["space"]["question"])


def _idea(scene: Scene, begins: str) -> Idea:
    return _space(scene).ideas.get(words__startswith=begins)


def _voice(scene: Scene, browser: int, at: datetime) -> Voice:
    """Of nobody's: the same browser is the same voice."""
    secret = key_hash(f"browser {browser} of the example")
    return ideas.speak(_space(scene), participation=None, key_hash=secret, at=at)


def _give(scene: Scene, row: Row, at: datetime) -> None:
    space = _space(scene)
    given = Given(row["words"], _idea(scene, row["builds_on"]) if "builds_on" in row else None)
    if row["browser"]:
        ideas.give_idea(space, _voice(scene, row["browser"], at), given, at=at)
    else:
        ideas.give_idea_as_lead(space, given, by=scene.by, at=at)


def _support(scene: Scene, row: Row, at: datetime) -> None:
    ideas.support_idea(_idea(scene, row["idea"]), _voice(scene, row["browser"], at), at=at)


def _same(scene: Scene, row: Row, at: datetime) -> None:
    kept, joined = _idea(scene, row["kept"]), _idea(scene, row["joined"])
    ideas.merge_ideas(kept, joined, by=scene.by, at=at)
