"""Words to watch for in notes and invitations, and which of them are never watched for (0.8).

A word of health, union, belief, family, sexuality or politics is refused, also where it is such a
word only with whose it is (“her son”, “their health”). A sentence that touches one of these
matters is passed over whole, whatever else stands in it (docs/privacy.md).
"""

import re
from collections.abc import Iterator, Sequence

from earnest.engine.language.sensitive import sensitive_topics, topics_of
from earnest.engine.language.tokens import Phrases, tokens_of
from earnest.engine.language.words import WordList

_BETWEEN = re.compile(r"[.!?…]++(?=\s|$)|\n+")
_WHOSE = ("", "my ", "her ", "his ", "their ")


def refused_topics(phrase: str, words: WordList) -> tuple[str, ...]:
    """The sensitive matters for which a phrase is not watched for; empty where it may be."""
    found = (sensitive_topics(f"{whose}{phrase}", words) for whose in _WHOSE)
    return next((topics for topics in found if topics), ())


def watched_phrase(text: str, phrases: Sequence[str], words: WordList) -> str:
    """The first of the phrases that stands in the text, in any case; empty where none does.

    Linear in the length of the text, for each phrase.
    """
    wanted = [(phrase, Phrases.of([phrase])) for phrase in phrases]
    for sentence in _sentences(text):
        tokens = tokens_of(sentence)
        for phrase, table in wanted:
            if table.find(tokens, 0, len(tokens)) and not topics_of(tokens, words):
                return phrase
    return ""


def _sentences(text: str) -> Iterator[str]:
    return (one for one in _BETWEEN.split(text) if one.strip())
