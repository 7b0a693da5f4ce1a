"""A session with people in it, for tests."""

from __future__ import annotations

from datetime import datetime

from earnest.ideas.actions import sessions, spaces
from earnest.ideas.models import Phase, Session, Space, Voice
from earnest.initiatives.models import Participation
from tests.worlds import NOW, World


def a_space(world: World, *, names: bool = True) -> Space:
    return Space.objects.create(
        initiative=world.initiative,
        question="How would you make it work?",
        names=names,
        by=world.lead,
        made_at=NOW,
    )


def a_session(world: World, *, names: bool = True, at: datetime = NOW) -> Session:
    return sessions.begin_session(a_space(world, names=names), by=world.lead, at=at)


def voice_of(session: Session, whose: Participation | None, key_hash: str = "") -> Voice:
    return spaces.speak(session.space, participation=whose, key_hash=key_hash, at=NOW)


def go_to(session: Session, phase: Phase, world: World, *, at: datetime = NOW) -> Session:
    """Straight to a phase."""
    sessions.move(session, phase, turn=session.turn, by=world.lead, at=at)
    session.refresh_from_db()
    return session
