"""Whether words of theirs may stand in a story (3.18): asked for each story by itself."""

from __future__ import annotations

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.plans.models import StoryVoice


def voice_asked(voice: StoryVoice, whose: Participation, *, by: User) -> Draft:
    """Their words, and where they would stand. An ask: it counts towards the limits."""
    person = whose.person
    values = {
        "person": person,
        "quote": voice.quote,
        "story": voice.story,
        "initiative": whose.initiative,
        "by": by,
        "place": place_of_voice(voice),
    }
    with as_they_read(whose):
        subject, text, html = rendered("plans/emails/voice", values)
    return Draft(Message.Kind.ASK, subject, text, html, thread=thread_of_story(voice.story_id))


def place_of_voice(voice: StoryVoice) -> str:
    """Where they answer, on their own page."""
    return f"[[page]]stories/{voice.pk or 0}/"


def thread_of_story(story_pk: int) -> str:
    return f"story {story_pk}"
