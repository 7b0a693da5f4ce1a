"""Words with their places, and phrases looked up among them.

Everything here is linear in the length of the text: rules look phrases up in a
table by their first word, so no pattern can be made slow by unlucky text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

ANY = "*"
LONGEST_GAP = 3
_TOKEN = re.compile(r"\d+(?:[./:-]\d+)*\w*|(?<=\w)['’]\w+|\w+|[^\w\s]")


class Token(NamedTuple):
    """One word or mark: `word` in lower case, `start` and `end` its place in the text."""

    word: str
    start: int
    end: int
    capital: bool


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut text[start:end] into tokens; “she'll” becomes “she” and “'ll”."""
    return [
        Token((word := m[0]).lower().replace("’", "'"), m.start(), m.end(), word[0].isupper())
        for m in _TOKEN.finditer(text, start, len(text) if end is None else end)
    ]


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as tokens have them; a leading “'ll” stays one word."""
    if phrase.startswith(("'", "’")):
        return tuple(token.word for token in tokens_of("x" + phrase)[1:])
    return tuple(token.word for token in tokens_of(phrase))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word, longest first; `*` stands for one to three words."""

    by_first: Mapping[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Self:
        table: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = words_of(phrase)
            if words:
                table.setdefault(words[0], []).append(words)
        return cls(
            {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in table.items()}
        )

    def at(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens from `index` on are one of the phrases: 0 when none is."""
        rows = self.by_first.get(tokens[index].word) if 0 <= index < len(tokens) else None
        for phrase in rows or ():
            if length := length_of(phrase, tokens, index):
                return length
        return 0

    def find(self, tokens: Sequence[Token], low: int, high: int) -> tuple[int, int] | None:
        """The first phrase within tokens[low:high], as a pair of indexes."""
        for index in range(max(low, 0), high):
            length = self.at(tokens, index)
            if length and index + length <= high:
                return index, index + length
        return None

    def ending_at(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens just before `index` are one of the phrases (up to five)."""
        return next((back for back in range(5, 0, -1) if self.at(tokens, index - back) == back), 0)


def length_of(phrase: tuple[str, ...], tokens: Sequence[Token], index: int) -> int:
    """How many tokens from `index` on are this phrase: 0 when they are not."""
    place = index
    for number, word in enumerate(phrase):
        if word == ANY:
            return _after_gap(phrase[number + 1 :], tokens, place, index)
        if place >= len(tokens) or tokens[place].word != word:
            return 0
        place += 1
    return place - index


def _after_gap(rest: tuple[str, ...], tokens: Sequence[Token], place: int, index: int) -> int:
    for gap in range(1, LONGEST_GAP + 1):
        if length := length_of(rest, tokens, place + gap):
            return place + gap + length - index
    return 0
