"""Where a text names a person, and how such places are blanked.

A file of its own: pure text work, shared by what a person is shown and by what is erased, so that
both agree on what is about them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from earnest.engine.language.repeats import bounded
from earnest.people.names import PARTICLES

ERASED = "[erased]"
MENDED, STRUCK = "[corrected]", "[taken back]"  # by whoever said it
SHORTEST = 2
ADDRESSED = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir"])
# Names that are ordinary words too: these mean the person only with a capital, inside a sentence.
ORDINARY = frozenset(
    [
        "amber",
        "april",
        "art",
        "august",
        "autumn",
        "baker",
        "ball",
        "banks",
        "bell",
        "best",
        "bill",
        "bishop",
        "black",
        "bond",
        "bridges",
        "brown",
        "bush",
        "carol",
        "case",
        "chance",
        "chase",
        "church",
        "close",
        "cook",
        "crystal",
        "daisy",
        "dawn",
        "day",
        "dean",
        "drew",
        "duke",
        "earl",
        "east",
        "eve",
        "fair",
        "faith",
        "field",
        "fish",
        "fox",
        "frank",
        "friday",
        "gene",
        "ginger",
        "good",
        "grace",
        "grant",
        "gray",
        "green",
        "guy",
        "hand",
        "hands",
        "head",
        "heather",
        "hill",
        "holly",
        "home",
        "hope",
        "house",
        "iris",
        "ivy",
        "jack",
        "joy",
        "june",
        "king",
        "lake",
        "lance",
        "law",
        "lily",
        "little",
        "long",
        "love",
        "major",
        "mark",
        "may",
        "miles",
        "moon",
        "nick",
        "noble",
        "north",
        "olive",
        "page",
        "park",
        "parks",
        "pat",
        "pearl",
        "pierce",
        "post",
        "power",
        "price",
        "prince",
        "rich",
        "rice",
        "rivers",
        "rob",
        "rose",
        "ruby",
        "short",
        "small",
        "south",
        "stone",
        "sue",
        "summer",
        "violet",
        "wade",
        "weeks",
        "west",
        "white",
        "will",
        "wood",
        "woods",
        "young",
    ]
)
type Span = tuple[int, int]

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[\"”’“»)\]]*(?=\s|$)|(?=\n)|$)")


@dataclass(frozen=True)
class Names:
    """What a person is called: ``whole`` names and addresses, ``parts`` such as a first name."""

    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches every way they are named."""
        ways = [_anyhow(name) for name in self.whole if name]
        ways += [_part(part) for part in self.parts]
        return re.compile("|".join(ways) or r"(?!)")

    @cached_property
    def speaks(self) -> re.Pattern[str]:
        """Matches a line that begins with their name as its speaker."""
        return re.compile(rf"^\W*(?:{self.pattern.pattern})[^:\n]{{0,30}}:", re.MULTILINE)

    @property
    def literals(self) -> list[str]:
        """Words of which one is in every text that names them: to find such texts by."""
        longest = [max(name.split(), key=len) for name in self.whole if name.strip()]
        return list(dict.fromkeys([*longest, *self.parts]))


def parts_of(name: str) -> list[str]:
    """The words of a name that can stand for the person alone."""
    words = [word.strip(".,") for word in name.split()]
    return [word for word in words if len(word) >= SHORTEST and word.lower() not in PARTICLES]


def folded(text: str) -> str:
    """Without case and accents, the same on every database."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()


class Called:
    """Names, each read once: "élodie", "Dupont" or "Ms Dupont" may stand for Élodie Dupont.

    Each word of another name finds the few it may stand for, so that many are compared with many.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, set[frozenset[str]]] = {}
        for words in map(_bare_words, names):
            for word in words:
                self._by_word.setdefault(word, set()).add(words)

    def may_hold(self, called: str) -> bool:
        """Whether one of them could be meant: either has all words of the other."""
        these = _bare_words(called)
        near = (those for word in these for those in self._by_word.get(word, ()))
        return any(these <= those or those <= these for those in near)


def _bare_words(name: str) -> frozenset[str]:
    words = frozenset(word for word in re.split(r"[\s.,;:()@]+", folded(name)) if word)
    return words - PARTICLES - ADDRESSED or words


def _anyhow(name: str) -> str:
    spaced = r"\s+".join(re.escape(word) for word in name.split())
    whole = name.strip()
    return f"(?i:{bounded(spaced, whole if len(whole) > 1 else '')})"


def _part(part: str) -> str:
    if part.lower() in ORDINARY:
        return rf"(?<=[a-z,;] )(?<!\w){re.escape(part.capitalize())}(?!\w)"
    return rf"(?i:(?<!\w){re.escape(part)}(?!\w))"


_GOES_ON = re.compile(r"\W*(?:she|he|they|her|his|their|hers|theirs)\b", re.IGNORECASE)


def spans_naming(text: str, names: Names) -> list[Span]:
    """The sentences in which they are named, and the lines they speak, in order."""
    lines = [_line_around(text, found.start()) for found in names.speaks.finditer(text)]
    return merged([*lines, *_naming(text, names)])


def _naming(text: str, names: Names) -> Iterator[Span]:
    """Sentences that name them; one that goes on with "she" or "their" is about them still."""
    before = False
    for start, end in _sentences(text):
        goes_on = before and _GOES_ON.match(text, start, end) is not None
        before = goes_on or names.pattern.search(text, *_reach(text, (start, end))) is not None
        if before:
            yield start, end


def _reach(text: str, span: Span) -> Span:
    return span[0], min(len(text), span[1])


def _sentences(text: str) -> Iterator[Span]:
    for found in _SENTENCE.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        if start < found.end():
            yield start, found.end()


def _line_around(text: str, place: int) -> Span:
    start = place + len(text[place:]) - len(text[place:].lstrip())
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same places without overlaps, in order."""
    out: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def blanked(text: str, spans: Iterable[Span], word: str = ERASED) -> str:
    """The text with these places gone, at the same length: what points elsewhere stays right."""
    for start, end in merged(spans):
        lines = text[start:end].split("\n")
        text = text[:start] + "\n".join(_filler(len(line), word) for line in lines) + text[end:]
    return text


def _filler(length: int, word: str) -> str:
    return word.ljust(length) if length >= len(word) else "·" * length


def without(text: str, names: Names) -> str:
    """The text with the names alone gone."""
    return names.pattern.sub(ERASED, text)


def overlaps(span: Span, spans: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)
