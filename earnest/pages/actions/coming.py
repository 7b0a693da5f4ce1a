"""Plays the moments of the example: written beforehand, and come for two people.

A file of its own beside ``practising.py``, which tells of the lessons they are written for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.people.models import Team
from earnest.practice.actions import moments
from earnest.practice.actions.moments import MomentDraft, Noticed
from earnest.practice.models import Moment, MomentSeen, Point

WRITTEN, CAME, SPOKEN = 12, 14, 16  # hours of a day
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """Each as it was written; what came follows."""
    for row in story().moments["moment"]:
        yield scene.calendar.moment(row["written"], WRITTEN), partial(_moment, scene, row)


def _moment(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    points = Point.objects.filter(lesson__initiative=scene.initiative)
    draft = MomentDraft(
        points.get(lesson__title=row["lesson"], position=row["point"]),
        row["what"],
        row["link"],
        participation=scene.on_it[row["who"]] if "who" in row else None,
        team=_team(scene, row["team"]) if "team" in row else None,
        how=row["how"],
        words=row.get("words", ""),
    )
    moment = moments.write_moment(scene.initiative, draft, by=scene.by, at=at)
    if came := row.get("came"):
        yield scene.calendar.moment(came["day"], CAME), partial(_came, scene, moment, row)


def _team(scene: Scene, name: str) -> Team:
    """The example's own, also where a real one has its name."""
    return scene.initiative.workspace.teams.get(is_example=True, name__startswith=name)


def _came(scene: Scene, moment: Moment, row: Row, at: datetime) -> Iterator[Act]:
    came = row["came"]
    noticed = Noticed(Moment.How.HAND, "hand", words=came["words"])
    whose = scene.on_it[row["who"]]
    try:
        seen = moments.notice(moment, whose, noticed, by=scene.by, at=at)
    except moments.NotToBeWatched:  # in another example they asked for quiet
        return
    if "spoken" in came:
        yield scene.calendar.moment(came["spoken"], SPOKEN), partial(_spoken, scene, seen)


def _spoken(scene: Scene, seen: MomentSeen, at: datetime) -> None:
    moments.say_spoken(seen, by=scene.by, at=at)
