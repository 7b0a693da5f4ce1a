"""What was looked for, marked in the words it was found in; long words are cut about the first mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from earnest.pages.search.asking import Word
from earnest.pages.search.letters import as_one, stretches

BEFORE, LONGEST = 60, 280
CUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text as it was written; ``found`` where it is what was looked for."""

    text: str
    found: bool = False


def marked(text: str, words: Iterable[Word]) -> list[Piece]:
    """The text in pieces; joined they are the text, or so much of it as is shown."""
    pieces = _marked(" ".join(text.split()), list(words))
    return _cut(pieces)


def has_all(text: str, words: Iterable[Word]) -> bool:
    """Whether each of these words stands in it."""
    said = [as_one(part) for part, is_word in stretches(text) if is_word]
    return all(_where(said, word) for word in words)


def _marked(text: str, words: list[Word]) -> list[Piece]:
    parts = stretches(text)
    places = [n for n, (_, is_word) in enumerate(parts) if is_word]
    said = [as_one(parts[n][0]) for n in places]
    found: set[int] = set()
    for word in words:
        for start in _where(said, word):
            found |= set(range(places[start], places[start + len(word.letters) - 1] + 1))
    stretches_alike = groupby(range(len(parts)), found.__contains__)
    return [Piece("".join(parts[n][0] for n in same), is_it) for is_it, same in stretches_alike]


def _where(said: list[str], word: Word) -> list[int]:
    """Where in these the word begins, or the words side by side."""
    *first, last = word.letters
    ends = len(first)
    return [
        n
        for n in range(len(said) - ends)
        if said[n : n + ends] == first
        and (said[n + ends].startswith(last) if word.begins else said[n + ends] == last)
    ]


def _cut(pieces: list[Piece]) -> list[Piece]:
    """So much as fits on a few lines, the first mark among it."""
    first = next((n for n, piece in enumerate(pieces) if piece.found), 0)
    lead = "".join(piece.text for piece in pieces[:first])
    shown = pieces[first:]
    if lead:
        shown = [Piece(_end_of(lead)), *shown]
    room, kept = LONGEST, []
    for piece in shown:
        fits = len(piece.text) <= room
        kept.append(piece if fits else Piece(piece.text[:room] + CUT, piece.found))
        room -= len(piece.text)
        if room <= 0:
            break
    return kept


def _end_of(lead: str) -> str:
    """So much of what stands before the first mark as fits, from the beginning of a word."""
    if len(lead) <= BEFORE:
        return lead
    _begun, _space, rest = lead[-BEFORE:].partition(" ")
    return f"{CUT} {rest}" if rest else CUT + lead[-BEFORE:]
