"""What this context mails: one message per function, one file for each sort of thing."""

from __future__ import annotations

from earnest.plans.emails.news import more_time, news_of, version_news
from earnest.plans.emails.replies import post, reply, round_reply
from earnest.plans.emails.stories import place_of_voice, thread_of_story, voice_asked

__all__ = [
    "more_time",
    "news_of",
    "place_of_voice",
    "post",
    "reply",
    "round_reply",
    "thread_of_story",
    "version_news",
    "voice_asked",
]
