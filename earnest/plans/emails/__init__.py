"""What this context mails: one message per function, one file for each sort of thing."""

from __future__ import annotations

from earnest.plans.emails.replies import post, reply, round_reply

__all__ = ["post", "reply", "round_reply"]
