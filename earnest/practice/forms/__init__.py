"""What one types about lessons, and what the person says of them; moments are beside it."""

from earnest.practice.forms.lessons import (
    ColleagueForm,
    DaysForm,
    FileForm,
    FollowUpForm,
    HowForm,
    LessonForm,
    ticks,
    written,
)

__all__ = [
    "ColleagueForm",
    "DaysForm",
    "FileForm",
    "FollowUpForm",
    "HowForm",
    "LessonForm",
    "ticks",
    "written",
]
