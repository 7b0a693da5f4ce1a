"""Reads of plans, inputs and replies."""

from __future__ import annotations

from earnest.initiatives.queries import SHOWN_FROM
from earnest.plans.queries.measures import (
    Course,
    courses,
    courses_of,
    followed,
    readings_of,
    standing_readings,
)
from earnest.plans.queries.parts import (
    MANY,
    PartShown,
    PlanShown,
    glance_at,
    may_own,
    owner_of,
    plan_of,
)
from earnest.plans.queries.reach import Reach, reach_of
from earnest.plans.queries.versions import (
    PAGE,
    Changed,
    Chosen,
    NextVersion,
    VersionShown,
    as_it_would_read,
    next_version,
    passed_on_as,
    people_behind,
    published_parts,
    read_version,
    shown_as,
    versions_of,
    who_gave_input,
)

__all__ = [
    "MANY",
    "PAGE",
    "SHOWN_FROM",
    "Changed",
    "Chosen",
    "Course",
    "NextVersion",
    "PartShown",
    "PlanShown",
    "Reach",
    "VersionShown",
    "as_it_would_read",
    "courses",
    "courses_of",
    "followed",
    "glance_at",
    "may_own",
    "next_version",
    "owner_of",
    "passed_on_as",
    "people_behind",
    "plan_of",
    "published_parts",
    "reach_of",
    "read_version",
    "readings_of",
    "shown_as",
    "standing_readings",
    "versions_of",
    "who_gave_input",
]
