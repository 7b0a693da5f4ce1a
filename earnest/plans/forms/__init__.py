"""What is posted to plans, parsed and checked."""

from __future__ import annotations

from earnest.plans.forms.replies import (
    LinesForm,
    NotedForm,
    PlaceForm,
    PostForm,
    ReplyForm,
    RoundReplyForm,
)

__all__ = ["LinesForm", "NotedForm", "PlaceForm", "PostForm", "ReplyForm", "RoundReplyForm"]
