"""Spaces and voices for the tests of this context."""

from __future__ import annotations

from earnest.ideas import actions
from earnest.ideas.access.spaces import key_hash
from earnest.ideas.actions import Given, SpaceDraft
from earnest.ideas.models import Idea, Space, Voice
from earnest.initiatives.models import Participation
from tests.worlds import NOW, World

QUESTION = "How would you make it work?"


def named_space(world: World) -> Space:
    return actions.start_space(
        world.initiative, SpaceDraft(QUESTION, names=True), by=world.lead, at=NOW
    )


def unnamed_space(world: World) -> Space:
    return actions.start_space(
        world.initiative, SpaceDraft(QUESTION, names=False), by=world.lead, at=NOW
    )


def voice_of(space: Space, whose: Participation) -> Voice:
    return actions.speak(space, participation=whose, key_hash="", at=NOW)


def browser(space: Space, secret: str) -> Voice:
    return actions.speak(space, participation=None, key_hash=key_hash(secret), at=NOW)


def idea_of(voice: Voice, words: str, of: Idea | None = None) -> Idea:
    return actions.give_idea(voice.space, voice, Given(words, of), at=NOW)
