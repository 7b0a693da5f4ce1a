"""What was typed, read: words, phrases between quotes, and the last word as it begins. Never fails.

Everything else people may type (AND, *, :, -, brackets) is no more than what stands between words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from earnest.pages.search.letters import words_in

LONGEST = 200
MOST = 12
SHORTEST = 2  # letters from which on a word is looked for as it begins
_PHRASES = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or several that stand side by side; ``begins``: the last one may go on."""

    letters: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in one sort: words, for whom, below which key, and how many."""

    sort: str
    words: tuple[Word, ...]
    scopes: tuple[str, ...]
    before: int | None
    most: int


def read(typed: str) -> tuple[Word, ...]:
    """All of these have to be there. Empty where nothing was typed that one can look for."""
    typed = typed[:LONGEST]
    found: list[Word] = []
    for phrase, plain in _PHRASES.findall(typed):
        if plain:
            found += [Word(tuple(words_in(one))) for one in plain.split()]
        else:
            found.append(Word(tuple(words_in(phrase))))
    words = [one for one in found if one.letters][:MOST]
    if words and not re.search(r'["“”«»]\s*$', typed):
        last = words[-1]
        words[-1] = Word(last.letters, begins=len(last.letters[-1]) >= SHORTEST)
    return tuple(words)
