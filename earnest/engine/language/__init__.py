"""Reading notes: marks and plain prose to quotes, promises with dates, and needs."""

from earnest.engine.language.found import Direction, Found, Kind
from earnest.engine.language.mail import own_words
from earnest.engine.language.notes import read_notes
from earnest.engine.language.sensitive import sensitive_topics
from earnest.engine.language.watching import refused_topics, watched_phrase
from earnest.engine.language.wording import Hint, Wording, hints_for
from earnest.engine.language.words import BadWordList, WordList

__all__ = [
    "BadWordList",
    "Direction",
    "Found",
    "Hint",
    "Kind",
    "WordList",
    "Wording",
    "hints_for",
    "own_words",
    "read_notes",
    "refused_topics",
    "sensitive_topics",
    "watched_phrase",
]
