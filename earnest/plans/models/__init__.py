"""What plans keep: inputs and what became of them, parts, published versions, the chain, and stories."""

from earnest.plans.models.chain import Chain
from earnest.plans.models.inputs import Input, Post, Reply, RoundReply
from earnest.plans.models.parts import Answers, Part, PartWords
from earnest.plans.models.stepped import AfterStepBack
from earnest.plans.models.stories import InputsShown, Story, StoryVoice
from earnest.plans.models.versions import Change, NewsStop, Version

__all__ = [
    "AfterStepBack",
    "Answers",
    "Chain",
    "Change",
    "Input",
    "InputsShown",
    "NewsStop",
    "Part",
    "PartWords",
    "Post",
    "Reply",
    "RoundReply",
    "Story",
    "StoryVoice",
    "Version",
]
