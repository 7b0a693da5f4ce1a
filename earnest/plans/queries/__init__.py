"""Reads of plans, inputs and replies."""

from __future__ import annotations

from earnest.plans.queries.measures import (
    Course,
    courses,
    courses_of,
    followed,
    readings_of,
    standing_readings,
)
from earnest.plans.queries.parts import MANY, PartShown, PlanShown, may_own, owner_of, plan_of

__all__ = [
    "MANY",
    "Course",
    "PartShown",
    "PlanShown",
    "courses",
    "courses_of",
    "followed",
    "may_own",
    "owner_of",
    "plan_of",
    "readings_of",
    "standing_readings",
]
