"""What was taught, who was there, what was brought back when, and for whom it came up."""

from earnest.practice.models.coming_up import Agreement, CameUp
from earnest.practice.models.follow_ups import DAYS, FollowUp, FollowUpDay
from earnest.practice.models.lessons import Attendance, Lesson, LessonFile, LessonLink, Point
from earnest.practice.models.moment_doors import MomentCame, MomentDoor
from earnest.practice.models.moments import (
    LAPSES_AFTER,
    Moment,
    MomentSeen,
    NotWatched,
    WatchMark,
)
from earnest.practice.models.tries import TryOut

__all__ = [
    "DAYS",
    "LAPSES_AFTER",
    "Agreement",
    "Attendance",
    "CameUp",
    "FollowUp",
    "FollowUpDay",
    "Lesson",
    "LessonFile",
    "LessonLink",
    "Moment",
    "MomentCame",
    "MomentDoor",
    "MomentSeen",
    "NotWatched",
    "Point",
    "TryOut",
    "WatchMark",
]
