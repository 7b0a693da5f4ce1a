"""What plans keep: inputs and what became of them, parts, published versions, and the chain."""

from earnest.plans.models.chain import Chain
from earnest.plans.models.inputs import Input, Post, Reply, RoundReply
from earnest.plans.models.parts import Answers, Part, PartWords
from earnest.plans.models.stepped import AfterStepBack
from earnest.plans.models.versions import Change, NewsStop, Version

__all__ = [
    "AfterStepBack",
    "Answers",
    "Chain",
    "Change",
    "Input",
    "NewsStop",
    "Part",
    "PartWords",
    "Post",
    "Reply",
    "RoundReply",
    "Version",
]
