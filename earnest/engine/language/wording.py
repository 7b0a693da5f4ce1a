"""The wording watch: words that press, or make two sides, and a kinder wording (4.1).

A hint, never a block: wording that threatens somebody's freedom meets reactance of r = .20
over 33 studies (Human Communication Research 2025), which is moderate and says nothing about
one sentence. Rules are data, a file per language (see `core/wording/en.toml`). Whole words
alone are matched, the longest wording first, in one pass over the text; what somebody else
said, between quotation marks or on a line that begins with “>”, and addresses are passed over.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Self

from earnest.engine.language.tokens import ANY, Token, length_of, tokens_of, words_of
from earnest.engine.language.words import BadWordList

MOST_HINTS = 5
ENDS = frozenset(".!?;:")  # no wording goes on past these, unless it is made of them
LOUD = 3  # so many words in capitals one after the other are shouting; fewer may be names

# Each alternative stops at its own opening mark, so that an unclosed one costs one pass.
_NOT_OURS = re.compile(
    r"“[^“”„]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"\n]*\"|^[ \t]*>[^\n]*"
    r"|https?://\S+|www\.\S+|\[\[page\]\]\S*|[^\s@<>]{1,64}@[^\s@<>]+",
    re.MULTILINE,
)

_PART = re.compile(r"\(([^)]*)\)|(\S+)")  # “(on board|aboard)”, or one word


@dataclass(frozen=True, slots=True)
class Hint:
    """One wording: where it stands, why it may press, and what could stand there instead.

    `start` and `end` are places in the text; `fits` says that `kinder` can take the place of
    `said` as it is, an empty one by leaving it out.
    """

    start: int
    end: int
    said: str
    kinder: str
    why: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """Wordings that press in one way; `*` in `kinder` stands for the words between."""

    name: str
    why: str
    kinder: str
    fits: bool


type Phrase = tuple[tuple[str, ...], Rule | None]


@dataclass(frozen=True, slots=True)
class Wording:
    """The rules of one language: phrases by their first word and their second.

    A phrase without a rule is harmless: it is longer than one that presses, and means no harm.
    """

    language: str
    phrases: Mapping[tuple[str, str], tuple[Phrase, ...]]
    loud: frozenset[str]
    loud_rule: Rule

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Check a parsed rules file and freeze it.

        Raises BadWordList for a missing or unknown key and for a value of the wrong kind.
        """
        _only("file", mapping, {"language", "rule", "capitals"})
        table: dict[tuple[str, str], list[Phrase]] = {}
        for row in mapping["rule"]:
            for words, rule in _phrases_of(row):
                table.setdefault((words[0], "".join(words[1:2])), []).append((words, rule))
        loud = mapping["capitals"]
        _only("capitals", loud, {"words", "why", "fires", "quiet"})
        return cls(
            language=_text("language", mapping["language"]),
            phrases={key: tuple(rows) for key, rows in table.items()},
            loud=frozenset(word.lower() for word in _texts("capitals", loud["words"])),
            loud_rule=Rule("capitals", _text("capitals.why", loud["why"]), "", fits=True),
        )


def _phrases_of(row: Mapping[str, Any]) -> Iterator[Phrase]:
    rule = _rule(row)
    yield from ((words, rule) for words in expanded(_texts(rule.name, row["words"])))
    yield from ((words, None) for words in expanded(_texts(rule.name, row.get("unless", []))))


def _rule(row: Mapping[str, Any]) -> Rule:
    needed, one_of = {"name", "why", "words", "fires", "quiet"}, {"instead", "try"}
    name = _text("rule", row.get("name", ""))
    _only(name, row, needed | (one_of & row.keys()), beside={"unless"})
    if len(one_of & row.keys()) != 1:
        raise BadWordList(f"{name}: either “instead”, which fits as it is, or “try”")
    kinder = row.get("instead", row.get("try"))
    return Rule(name, _text(name, row["why"]), _text(name, kinder), fits="instead" in row)


def _only(
    place: str, given: Mapping[str, Any], keys: set[str], *, beside: Iterable[str] = ()
) -> None:
    if strange := set(given) - set(beside) ^ keys:
        raise BadWordList(f"{place}: keys differ: {sorted(strange)}")


def _text(place: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadWordList(f"{place}: {value!r} is not a text")
    return value


def _texts(place: str, values: Any) -> list[str]:
    if not isinstance(values, list):
        raise BadWordList(f"{place}: {values!r} is not a list")
    return [_text(place, value) for value in values]


def expanded(phrases: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each phrase in words; “get|gets (on board|aboard)” is four of them."""
    for phrase in phrases:
        ways = [(several or one).split("|") for several, one in _PART.findall(phrase)]
        for chosen in product(*ways):
            if words := words_of(" ".join(chosen).replace(" '", "'")):
                yield words


def hints_for(text: str, wording: Wording, *, most: int = MOST_HINTS) -> tuple[Hint, ...]:
    """What in the text may press, each wording once, in the order of the text.

    Linear in the length of the text.
    """
    tokens = tokens_of(_ours(text))
    found: dict[str, Hint] = {}
    for hint in _hints(text, tokens, wording):
        found.setdefault(hint.said.lower(), hint)
        if len(found) == most:
            break
    return tuple(found.values())


def _ours(text: str) -> str:
    """The text with what is not ours blanked out, a stop in its place, every place as it was."""
    return _NOT_OURS.sub(lambda found: ".".ljust(len(found[0])), text)


def _hints(text: str, tokens: Sequence[Token], wording: Wording) -> Iterator[Hint]:
    index = 0
    while index < len(tokens):
        length, hint = _phrase_at(text, tokens, index, wording)
        if not length:
            length, hint = _capitals_at(text, tokens, index, wording)
        if hint:
            yield hint
        index += max(length, 1)


def _phrase_at(
    text: str, tokens: Sequence[Token], index: int, wording: Wording
) -> tuple[int, Hint | None]:
    """The longest phrase that begins here, and the hint if it is not a harmless one."""
    best, chosen, rule = 0, tuple[str, ...](), None
    for phrase, one in _candidates(tokens, index, wording):
        length = length_of(phrase, tokens, index)
        if length > best and _is_one(phrase, tokens[index : index + length]):
            best, chosen, rule = length, phrase, one
    if not best or rule is None:
        return best, None
    span = tokens[index : index + best]
    kinder = rule.kinder.replace(ANY, _between(text, chosen, span))
    if rule.fits and span[0].capital:
        kinder = kinder[:1].upper() + kinder[1:]
    return best, _hint(text, span, rule, kinder)


def _candidates(tokens: Sequence[Token], index: int, wording: Wording) -> Iterator[Phrase]:
    """The phrases that begin as the text does here: by two words, by one and any, by one alone."""
    first = tokens[index].word
    second = tokens[index + 1].word if index + 1 < len(tokens) else ANY
    for key in dict.fromkeys((second, ANY, "")):
        yield from wording.phrases.get((first, key), ())


def _is_one(phrase: tuple[str, ...], span: Sequence[Token]) -> bool:
    """The words between are of the same sentence."""
    return ANY not in phrase or not any(one.word in ENDS for one in span)


def _between(text: str, phrase: tuple[str, ...], span: Sequence[Token]) -> str:
    """The words `*` stood for, as they are written."""
    if ANY not in phrase:
        return ""
    first = phrase.index(ANY)
    last = len(span) - (len(phrase) - first - 1)
    return text[span[first].start : span[last - 1].end]


def _capitals_at(
    text: str, tokens: Sequence[Token], index: int, wording: Wording
) -> tuple[int, Hint | None]:
    """Words in capitals: several one after the other, or one that needs none."""
    last = index
    while last < len(tokens) and _is_loud(text, tokens[last]):
        last += 1
    length = last - index
    if length < LOUD and not (length and tokens[index].word in wording.loud):
        return 0, None
    span = tokens[index:last]
    said = text[span[0].start : span[-1].end]
    return length, _hint(text, span, wording.loud_rule, said.lower())


def _is_loud(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    return len(word) > 1 and word.isalpha() and word.isupper()


def _hint(text: str, span: Sequence[Token], rule: Rule, kinder: str) -> Hint:
    start, end = span[0].start, span[-1].end
    return Hint(start, end, text[start:end], kinder, rule.why, rule.fits)
