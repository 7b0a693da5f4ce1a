"""Whether words of theirs may stand in a story (3.18): asked for each story by itself."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
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
    with translation.override(person.reads_in):
        at = "plans/emails/voice"
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        return Draft(
            kind=Message.Kind.ASK,
            subject=subject,
            text=render_to_string(f"{at}.txt", values),
            html=render_to_string(f"{at}.html", {**values, "subject": subject}),
            thread=thread_of_story(voice.story_id),
        )


def place_of_voice(voice: StoryVoice) -> str:
    """Where they answer, on their own page."""
    return f"[[page]]stories/{voice.pk or 0}/"


def thread_of_story(story_pk: int) -> str:
    return f"story {story_pk}"
