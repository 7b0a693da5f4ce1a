"""Plays what was offered to try in the example, and what they said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.practice.actions import tries
from earnest.practice.models import TryOut
from earnest.practice.queries.tries import fits_of

OFFERED, SAID = 14, 17
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    for row in story().tries["try"]:
        yield scene.calendar.moment(row["day"], OFFERED), partial(_offer, scene, row)


def _offer(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """Onto their page alone; why it fits is written, or read from what is on record."""
    whom = scene.on_it[row["who"]]
    whom.refresh_from_db(fields=["own_goals", "own_measures"])  # written down since
    reasons = (one.sentence for one in fits_of(whom) if one.kind == row["fit"])
    draft = tries.TryDraft(
        starts_at=scene.calendar.moment(row["on"], row["hour"]),
        why=row.get("why") or next(reasons),
        **{name: row[name] for name in ("what", "minutes", "place", "help", "fit")},
    )
    one, _no_mail = tries.offer(whom, draft, by_mail=False, by=scene.by, at=at)
    if said := row.get("said"):
        yield scene.calendar.moment(said["day"], SAID), partial(_say, one, said)


def _say(one: TryOut, said: Row, at: datetime) -> None:
    tries.answer(one, tries.Tried(said["state"], said["how"], said["words"]), at=at)
