"""Plays the working session of the example, and the introduction that came of it (4.6).

A file of its own beside ``shaping.py``: what people did together in half an hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from earnest.ideas.actions import sessions, speak
from earnest.ideas.models import Phase, Session, Voice
from earnest.ideas.models.sessions import MINUTES
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.actions.sessions import Taking, take_on
from earnest.pages.example.story import story
from earnest.rhythm.actions import introducing
from earnest.rhythm.queries.introductions import proposals

HELD = 11  # the hour of that day
type Row = Mapping[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """One session, held from beginning to end; the day after, two of them are offered to meet."""
    told = story().session
    yield scene.calendar.moment(told["day"], HELD), partial(_hold, scene, told)
    yield scene.calendar.moment(told["day"] + 1, HELD), partial(_introduce, scene)


def _hold(scene: Scene, told: Row, at: datetime) -> None:
    session = sessions.begin_with_question(
        scene.initiative, told["question"], names=True, by=scene.by, at=at
    )
    voices: dict[str, Voice] = {}
    for row in told["idea"]:
        voices[row["who"]] = _voice(scene, session, row["who"], at)
    for phase in (Phase.TARGET, Phase.ALONE, Phase.BUILD, Phase.WHO, Phase.OVER):
        sessions.move(session, phase, turn=session.turn, by=scene.by, at=at)
        if phase == Phase.ALONE:
            for row in told["idea"]:
                sessions.jot(session, voices[row["who"]], row["words"], at=at)
        elif phase == Phase.BUILD:
            _build(session, voices, told, at)
        elif phase == Phase.WHO:
            for row in told["try"]:
                take_on(
                    session, voices[row["who"]], _taking(scene, voices, row), noted_by=None, at=at
                )
        at += timedelta(minutes=MINUTES.get(phase, 0))


def _voice(scene: Scene, session: Session, name: str, at: datetime) -> Voice:
    return speak(session.space, participation=scene.on_it[name], key_hash="", at=at)


def _build(session: Session, voices: dict[str, Voice], told: Row, at: datetime) -> None:
    for row in told["built"]:
        first = session.space.ideas.filter(voice=voices[row["on"]]).earliest("pk")
        sessions.build_on(session, voices[row["who"]], first, row["words"], at=at)


def _taking(scene: Scene, voices: dict[str, Voice], row: Row) -> Taking:
    """By their own link: their own word."""
    whose = voices.get(row.get("idea", ""))
    idea = whose.ideas.earliest("pk") if whose else None
    return Taking(row["words"], scene.calendar.day(row["due"]), idea)


def _introduce(scene: Scene, at: datetime) -> None:
    """The first pair whose ideas or needs meet, offered to both on their own pages."""
    for match in proposals(scene.initiative).matches[:1]:
        introducing.offer(match, by_mail=False, by=scene.by, at=at)
