"""What one gives when asking, listening and telling back."""

from earnest.listening.forms.answers import (
    CAME_BY,
    AnotherTimeForm,
    HourForm,
    NoForm,
    OfferForm,
    SomebodyElseForm,
    TheirWordsForm,
    WrittenForm,
    came_by,
)
from earnest.listening.forms.noted import (
    CameOn,
    Days,
    NotedAnotherTimeForm,
    NotedElseForm,
    NotedHourForm,
    NotedNoForm,
    NotedWordsForm,
)
from earnest.listening.forms.recaps import ProblemForm
from earnest.listening.forms.sheets import SheetForm
from earnest.listening.forms.talks import (
    UNREADABLE,
    AnswerForm,
    ConversationForm,
    DatedNotesForm,
    NotesForm,
)

__all__ = [
    "CAME_BY",
    "UNREADABLE",
    "AnotherTimeForm",
    "AnswerForm",
    "CameOn",
    "ConversationForm",
    "DatedNotesForm",
    "Days",
    "HourForm",
    "NoForm",
    "NotedAnotherTimeForm",
    "NotedElseForm",
    "NotedHourForm",
    "NotedNoForm",
    "NotedWordsForm",
    "NotesForm",
    "OfferForm",
    "ProblemForm",
    "SheetForm",
    "SomebodyElseForm",
    "TheirWordsForm",
    "WrittenForm",
    "came_by",
]
