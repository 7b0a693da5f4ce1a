"""What is typed about pilots: the question and its answers, a pilot and its end, measures, readings."""

from earnest.pilots.forms.first import AnswerForm, CallForm, MailForm, NotedForm, VolunteerForm
from earnest.pilots.forms.measures import PilotMeasureForm, PilotReadingForm, PilotReadingsForm
from earnest.pilots.forms.running import ExtendForm, PersonForm, PilotForm, WhyForm, WordForm

__all__ = [
    "AnswerForm",
    "CallForm",
    "ExtendForm",
    "MailForm",
    "NotedForm",
    "PersonForm",
    "PilotForm",
    "PilotMeasureForm",
    "PilotReadingForm",
    "PilotReadingsForm",
    "VolunteerForm",
    "WhyForm",
    "WordForm",
]
