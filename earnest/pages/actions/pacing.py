"""Plays the rhythm of the example: two audiences, and a mail that says what changed.

A file of its own beside ``shaping.py``: it comes after the plan it tells of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.people.models import Team
from earnest.rhythm import actions as rhythm
from earnest.rhythm.actions import AudienceDraft, ProgressDraft
from earnest.rhythm.models import AudienceKind
from earnest.rhythm.queries.progress import drafted

PLANNED, TOLD = 14, 17  # hours of a day
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """Each audience and each mail, at its moment."""
    told, plan = story().rhythm, scene.calendar.moment
    for row in told["audience"]:
        yield plan(row["day"], PLANNED), partial(_set, scene, row)
    for row in told["progress"]:
        yield plan(row["day"], TOLD), partial(_tell, scene, row)


def _set(scene: Scene, row: Row, at: datetime) -> None:
    team = _team(scene, row["team"]) if "team" in row else None
    days = {(rung, how): n for how, by in row["days"].items() for rung, n in by.items()}
    draft = AudienceDraft(row["kind"], team, days=days)
    rhythm.set_rhythm(scene.initiative, draft, by=scene.by, at=at)


def _team(scene: Scene, name: str) -> Team:
    return Team.objects.filter(workspace=scene.initiative.workspace_id, name=name).latest("pk")


def _tell(scene: Scene, row: Row, at: datetime) -> None:
    """As it was drafted, with a word of the leader's own. Who is made up counts as told."""
    found = drafted(scene.initiative, at=at)
    draft = ProgressDraft(
        number=found.number,
        kind=AudienceKind.EVERYONE,
        team=None,
        subject=f"{scene.initiative.title}: what changed",
        opening=row["opening"],
        changed="\n".join(found.changed),
        coming="\n".join(found.coming),
    )
    mail = rhythm.send_progress(scene.initiative, draft, by=scene.by, at=at)
    while rhythm.tell_progress(mail, at=at):
        pass
