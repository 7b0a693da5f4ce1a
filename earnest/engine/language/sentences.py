"""Blocks of prose cut into direct quotes and sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from earnest.engine.language.marks import Block, speaker_at
from earnest.engine.language.tokens import Token, tokens_of
from earnest.engine.language.words import WordList

FEWEST_WORDS = 3
ENOUGH = 60
NO_BLOCK = -1
_MARK = re.compile('[“”„«»"‘’]')
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’“»)\]]*+(?=\s|$)")
_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A direct quote: text[start:end] are the words between the quotation marks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, its quotes cut out; `theirs` when its “I” is not the note-taker."""

    start: int
    end: int
    tokens: list[Token]
    theirs: bool
    speaker: str | None
    asks: bool
    block: int


def quotes_in(text: str, block: Block, words: WordList) -> list[Quoted]:
    """The quotes of a block that say something: three words, or fewer after “said”."""
    found, opened = [], ("", -1)
    for mark in _MARK.finditer(text, block.start, block.end):
        char, place = mark[0], mark.start()
        if opened[0] and char in _PAIRS[opened[0]] and _closes(text, char, place):
            quoted = _trimmed(text, opened[1] + 1, place)
            if _says_something(text, quoted, words):
                found.append(quoted)
            opened = ("", -1)
        elif char in _PAIRS and _opens(text, char, place) and (not opened[0] or char == opened[0]):
            opened = (char, place)
    return found


def _opens(text: str, char: str, place: int) -> bool:
    before = text[place - 1 : place] if place else ""
    return char not in '"‘»' or not before or before.isspace() or before in "([–—-"


def _closes(text: str, char: str, place: int) -> bool:
    after = text[place + 1 : place + 2]
    return char not in '"’«' or not (after.isalnum())


def _trimmed(text: str, start: int, end: int) -> Quoted:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return Quoted(start, start + len(inner.strip().rstrip(",")))


def _says_something(text: str, quoted: Quoted, words: WordList) -> bool:
    inner = tokens_of(text, quoted.start, min(quoted.end, quoted.start + ENOUGH))
    count = sum(token.word[-1].isalnum() for token in inner)
    if count >= FEWEST_WORDS or not count:
        return count > 0
    before = tokens_of(text, max(0, quoted.start - 20), quoted.start)
    return any(token.word in words.other.saying for token in before)


def sentences_of(text: str, block: Block, number: int, words: WordList) -> Iterator[Sentence]:
    """The sentences around the quotes of a block, in order."""
    masked = _masked(text, block, words)
    start, speaker = speaker_at(masked, frozenset(), words)
    own = speaker is not None and speaker.lower() in words.people.i
    speaker = None if own else speaker
    theirs = block.theirs or speaker is not None
    for low, high in _cut(masked, start, words):
        tokens = tokens_of(masked, low, high)
        if tokens:
            moved = _moved(tokens, block.start)
            yield _sentence(moved, theirs, speaker or block.speaker, number)


def _moved(tokens: list[Token], shift: int) -> list[Token]:
    return [Token(t.word, t.start + shift, t.end + shift, t.capital) for t in tokens]


def _sentence(tokens: list[Token], theirs: bool, speaker: str | None, block: int) -> Sentence:
    asks = any(token.word == "?" for token in tokens[-3:])
    return Sentence(tokens[0].start, tokens[-1].end, tokens, theirs, speaker, asks, block)


def spoken(text: str, quoted: Quoted, speaker: str | None, words: WordList) -> Iterator[Sentence]:
    """The sentences inside a quote: their first person is the speaker."""
    inner = text[quoted.start : quoted.end]
    for low, high in _cut(inner, 0, words):
        if tokens := tokens_of(inner, low, high):
            yield _sentence(_moved(tokens, quoted.start), True, speaker, NO_BLOCK)


def _masked(text: str, block: Block, words: WordList) -> str:
    """The block with its quotes blanked; a stop that ends a quote stays a stop."""
    quotes = quotes_in(text, block, words)
    pieces, place = [], block.start
    for quoted in quotes:
        last = text[quoted.end - 1]
        pieces.append(text[place : quoted.start])
        pieces.append(" " * (quoted.end - quoted.start - 1) + ("." if last in ".!?…" else " "))
        place = quoted.end
    return "".join([*pieces, text[place : block.end]])


def _cut(text: str, start: int, words: WordList) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(text, start):
        if _ends_here(text, stop, words):
            yield start, stop.end()
            start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def _next_word(text: str, place: int) -> str:
    return "".join(token.word for token in tokens_of(text, place, place + 20)[:1])


def _ends_here(text: str, stop: re.Match[str], words: WordList) -> bool:
    after = text[stop.end() : stop.end() + 20].lstrip()[:1]
    if after.islower():
        return False
    before = text[max(0, stop.start() - 15) : stop.start()].rpartition(" ")[2]
    if stop[0] != "." or not after:
        return True
    day = before.isdecimal() and len(before) < 3
    if day and _next_word(text, stop.end()) in words.dates.months:  # “5. Januar”
        return False
    initial = len(before) == 1 and before.isupper() and before.lower() not in words.people.i
    return not initial and before.lower() not in words.other.abbreviations
