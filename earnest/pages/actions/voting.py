"""Plays a vote of thirty-six people without names in the example: brought in, and what becomes of it.

A file of its own beside ``shaping.py``. The map is drawn by the clock, as every map is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from earnest.ideas.actions.bringing import bring_in
from earnest.ideas.actions.outcomes import say_outcome
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story

VOTES = {"+": 1, "-": -1, "0": 0}
AT = 11  # o'clock


def acts(scene: Scene) -> Iterator[Act]:
    yield scene.calendar.moment(story().votes["day"], AT), partial(_vote, scene)
    yield scene.calendar.moment(story().votes["becomes"], AT), partial(_become, scene)


def _vote(scene: Scene, at: datetime) -> None:
    told = story().votes
    votes = [
        f"{voter},{statement},{VOTES[sign]}"
        for voter, ballot in enumerate(told["ballots"])
        for statement, sign in enumerate(ballot)
        if sign in VOTES
    ]
    comments = [f'{n},"{words}"' for n, words in enumerate(told["statements"])]
    bring_in(
        scene.initiative,
        told["question"],
        comments=["comment-id,comment-body", *comments],
        votes=["voter,statement,vote", *votes],
        by=scene.by,
        at=at,
    )


def _become(scene: Scene, at: datetime) -> None:
    there = scene.initiative.spaces.get(question=story().votes["question"])
    say_outcome(there, story().votes["outcome"].strip(), by=scene.by, at=at)
