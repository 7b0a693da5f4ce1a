"""What one gives when asking, listening and telling back."""

from earnest.listening.forms.recaps import ProblemForm
from earnest.listening.forms.talks import (
    UNREADABLE,
    AnswerForm,
    ConversationForm,
    DatedNotesForm,
    NotesForm,
)

__all__ = [
    "UNREADABLE",
    "AnswerForm",
    "ConversationForm",
    "DatedNotesForm",
    "NotesForm",
    "ProblemForm",
]
