"""What this context mails: one message per function, one file for each sort of thing."""

from __future__ import annotations

from earnest.plans.emails.news import more_time, version_news
from earnest.plans.emails.replies import post, reply, round_reply

__all__ = ["more_time", "post", "reply", "round_reply", "version_news"]
