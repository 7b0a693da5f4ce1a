"""What one types about lessons, and what the person says of them; try-outs; moments are beside them."""

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
from earnest.practice.forms.tries import FitForm, TriedForm, TryForm

__all__ = [
    "ColleagueForm",
    "DaysForm",
    "FileForm",
    "FitForm",
    "FollowUpForm",
    "HowForm",
    "LessonForm",
    "TriedForm",
    "TryForm",
    "ticks",
    "written",
]
