"""What people would do about the target, and where they stand together."""

from earnest.ideas.models.ideas import BuildsOn, Idea, Merge, Parting, Support
from earnest.ideas.models.sessions import Jotting, Knock, Phase, Seat, Session, SessionIdea, Try
from earnest.ideas.models.spaces import Invited, Space, Voice
from earnest.ideas.models.topics import (
    Answer,
    AnswerGroup,
    Helped,
    Passing,
    Speaker,
    Tip,
    Topic,
    TopicReply,
)
from earnest.ideas.models.votes import OpinionMap, Outcome, Statement, Vote, Voter

__all__ = [
    "Answer",
    "AnswerGroup",
    "BuildsOn",
    "Helped",
    "Idea",
    "Invited",
    "Jotting",
    "Knock",
    "Merge",
    "OpinionMap",
    "Outcome",
    "Parting",
    "Passing",
    "Phase",
    "Seat",
    "Session",
    "SessionIdea",
    "Space",
    "Speaker",
    "Statement",
    "Support",
    "Tip",
    "Topic",
    "TopicReply",
    "Try",
    "Voice",
    "Vote",
    "Voter",
]
