"""The doors to spaces and what is said in them: absent and forbidden look the same."""

from earnest.ideas.access.ideas import (
    get_idea,
    get_idea_in,
    get_merge,
    get_own_idea,
    get_own_merge,
    get_read,
    get_space_read,
    leads,
)
from earnest.ideas.access.spaces import (
    get_space,
    get_space_of,
    space_by_token,
    spaces_led_by,
    token_of,
    voice_in,
)
from earnest.ideas.access.topics import get_answer

__all__ = [
    "get_answer",
    "get_idea",
    "get_idea_in",
    "get_merge",
    "get_own_idea",
    "get_own_merge",
    "get_read",
    "get_space",
    "get_space_of",
    "get_space_read",
    "leads",
    "space_by_token",
    "spaces_led_by",
    "token_of",
    "voice_in",
]
