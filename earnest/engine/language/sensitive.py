"""Matters of health, union, belief, family, sexuality and politics in a text.

Such sentences are never offered from prose; a marked line that touches them is kept and
says so (docs/privacy: “Health, union, belief and family matters get a warning and are not
suggested from text”).
"""

from collections.abc import Sequence

from earnest.engine.language.tokens import Token, tokens_of
from earnest.engine.language.words import Topic, WordList


def sensitive_topics(text: str, words: WordList) -> tuple[str, ...]:
    """The sensitive matters a text touches, by name, in the order of the word list."""
    return topics_of(tokens_of(text), words)


def topics_of(tokens: Sequence[Token], words: WordList) -> tuple[str, ...]:
    """As `sensitive_topics`, for text already cut into tokens."""
    present = {token.word for token in tokens}
    near = [topic for topic in words.sensitive if not present.isdisjoint(topic.words.by_first)]
    return tuple(topic.name for topic in near if _touches(tokens, topic))


def _touches(tokens: Sequence[Token], topic: Topic) -> bool:
    index = 0
    while index < len(tokens):
        if harmless := topic.unless.at(tokens, index):
            index += harmless
        elif topic.words.at(tokens, index):
            return True
        else:
            index += 1
    return False
