"""What was taught, who was there, what was brought back when, and for whom it came up."""

from earnest.practice.models.coming_up import Agreement, CameUp
from earnest.practice.models.follow_ups import DAYS, FollowUp, FollowUpDay
from earnest.practice.models.lessons import Attendance, Lesson, LessonFile, LessonLink, Point

__all__ = [
    "DAYS",
    "Agreement",
    "Attendance",
    "CameUp",
    "FollowUp",
    "FollowUpDay",
    "Lesson",
    "LessonFile",
    "LessonLink",
    "Point",
]
