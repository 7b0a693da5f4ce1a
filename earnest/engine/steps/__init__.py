"""The rules of the next step: one readable table of pure functions."""

from earnest.engine.steps.cases import Case, Open, Rule, Section, Step
from earnest.engine.steps.conditions import (
    CADENCE,
    CHECK_IN_EVERY,
    CONDITION_WAITS,
    INPUT_WAITS,
    NEWS_EVERY,
    STORY_UNTIL,
    TWICE,
)
from earnest.engine.steps.propose import propose
from earnest.engine.steps.table import RULES

__all__ = [
    "CADENCE",
    "CHECK_IN_EVERY",
    "CONDITION_WAITS",
    "INPUT_WAITS",
    "NEWS_EVERY",
    "RULES",
    "STORY_UNTIL",
    "TWICE",
    "Case",
    "Open",
    "Rule",
    "Section",
    "Step",
    "propose",
]
