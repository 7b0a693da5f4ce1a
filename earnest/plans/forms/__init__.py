"""What is posted to plans, parsed and checked."""

from __future__ import annotations

from earnest.plans.forms.replies import (
    LeadsPostForm,
    LinesForm,
    NotedForm,
    PlaceForm,
    PostForm,
    ReplyForm,
    RoundReplyForm,
)

__all__ = [
    "LeadsPostForm",
    "LinesForm",
    "NotedForm",
    "PlaceForm",
    "PostForm",
    "ReplyForm",
    "RoundReplyForm",
]
