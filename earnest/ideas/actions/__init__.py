"""Everything that is written about what people would do."""

from earnest.ideas.actions.answers import EnoughSaid, mend_answer, pass_answer_on
from earnest.ideas.actions.by_mail import answer_by_mail
from earnest.ideas.actions.ideas import (
    Draft,
    Given,
    IdeaGone,
    Place,
    give_idea,
    give_idea_as_lead,
    note_idea,
    pass_idea_on,
    reword_idea,
    take_idea_back,
)
from earnest.ideas.actions.inviting import InvitedNow, invite
from earnest.ideas.actions.merging import CannotMerge, merge_ideas, part_ideas
from earnest.ideas.actions.spaces import (
    SpaceClosed,
    SpaceDraft,
    close_space,
    count_ideas,
    note_taken_up,
    open_space,
    refuse_if_closed,
    speak,
    start_space,
)
from earnest.ideas.actions.support import support_idea, take_support_back
from earnest.ideas.actions.telling import say_told, tell_supporter
from earnest.ideas.actions.tips import reply
from earnest.ideas.actions.topics import TopicClosed

__all__ = [
    "CannotMerge",
    "Draft",
    "EnoughSaid",
    "Given",
    "IdeaGone",
    "InvitedNow",
    "Place",
    "SpaceClosed",
    "SpaceDraft",
    "TopicClosed",
    "answer_by_mail",
    "close_space",
    "count_ideas",
    "give_idea",
    "give_idea_as_lead",
    "invite",
    "mend_answer",
    "merge_ideas",
    "note_idea",
    "note_taken_up",
    "open_space",
    "part_ideas",
    "pass_answer_on",
    "pass_idea_on",
    "refuse_if_closed",
    "reply",
    "reword_idea",
    "say_told",
    "speak",
    "start_space",
    "support_idea",
    "take_idea_back",
    "take_support_back",
    "tell_supporter",
]
