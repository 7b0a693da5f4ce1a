"""Answers grouped by what they mean (1.10): how many groups there are is found, not asked.

Pure: texts and what people already decided in, groups out; no clock, no chance. NumPy alone, so
whoever serves pages imports this package only on the way to a job. The method, what it was measured
beside, and on what: docs/grouping.md.
"""

from earnest.engine.meaning.groups import ALONE, APART_SENTENCES, APART_TFIDF, FREE, Grouping, group
from earnest.engine.meaning.naming import suggest
from earnest.engine.meaning.vectors import from_sentences, tfidf

__all__ = [
    "ALONE",
    "APART_SENTENCES",
    "APART_TFIDF",
    "FREE",
    "Grouping",
    "from_sentences",
    "group",
    "suggest",
    "tfidf",
]
