"""Reads of what people would do about the target."""

from earnest.ideas.queries.ideas import (
    IdeasPage,
    Node,
    OneIdea,
    Trees,
    changed_since,
    could_be_same,
    credited,
    ideas_page,
    ideas_to_tell,
    merges_of,
    one_idea,
    own_ideas,
    standing,
    supporters_of,
    to_answer,
    trees_page,
)
from earnest.ideas.queries.shown import Reader, Shown, shown, untold_support
from earnest.ideas.queries.spaces import drafted_question, spaces_for, spaces_page, to_invite

__all__ = [
    "IdeasPage",
    "Node",
    "OneIdea",
    "Reader",
    "Shown",
    "Trees",
    "changed_since",
    "could_be_same",
    "credited",
    "drafted_question",
    "ideas_page",
    "ideas_to_tell",
    "merges_of",
    "one_idea",
    "own_ideas",
    "shown",
    "spaces_for",
    "spaces_page",
    "standing",
    "supporters_of",
    "to_answer",
    "to_invite",
    "trees_page",
    "untold_support",
]
