"""The lines of a note: those with a mark, quoted mail, and prose.

A mark is the first character of a line after spaces; what is quoted mail, `mail.py` says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from earnest.engine.language.found import Direction, Kind
from earnest.engine.language.lines import Line, lines_of
from earnest.engine.language.mail import mail_lines
from earnest.engine.language.words import WordList

MARKS: dict[str, tuple[Kind, Direction | None]] = {
    "“": (Kind.QUOTE, None),
    "„": (Kind.QUOTE, None),
    '"': (Kind.QUOTE, None),
    "«": (Kind.QUOTE, None),
    "»": (Kind.QUOTE, None),
    "!": (Kind.NEED, None),
    ">": (Kind.PROMISE, "theirs"),
    "<": (Kind.PROMISE, "ours"),
    "?": (Kind.QUESTION, None),
    "+": (Kind.IDEA, None),
    "@": (Kind.REFERRAL, None),
    "~": (Kind.SEEN, None),
}
CLOSING = {"“": "”", "„": "“”", '"': '"', "«": "»", "»": "«"}
LONG_LINE = 55
LONGEST_SPEAKER = 40
_TAG = re.compile(r"<[^\s<>]+>")
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_MAIL = re.compile(r"[ \t]*(?:>[ \t]?)+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with a mark: text[start:end] are its words, without mark and speaker."""

    kind: Kind
    direction: Direction | None
    line: Line
    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose. `speaker` is set when the words are somebody else's, as in a mail."""

    start: int
    end: int
    theirs: bool
    speaker: str | None


class _Prose(NamedTuple):
    line: Line
    prefix: int | None
    is_mail: bool = False
    writer: str | None = None


def split_notes(
    text: str, names: Sequence[str], words: WordList
) -> tuple[str, list[Marked], list[Block]]:
    """Part a note into marked lines and prose.

    Returns the text with mail prefixes and bullets blanked (same length, so that every
    place still holds), the marked lines, and the blocks of prose.
    """
    lines = lines_of(text)
    mail = mail_lines(text, lines, words)
    known = frozenset(name.casefold() for name in names)
    marked: list[Marked] = []
    prose: list[_Prose] = []
    for number, line in enumerate(lines):
        mark = None if number in mail else _marked(text, line, known, words)
        if mark is not None:
            marked.append(mark)
            prose.append(_Prose(Line(line.end, line.end, line.end), None))
        else:
            prose.append(_prose(text, line, number in mail, mail.get(number)))
    plain = _blanked(text, prose)
    return plain, marked, list(_blocks(plain, prose))


def _prose(text: str, line: Line, is_mail: bool, writer: str | None) -> _Prose:
    prefix = (_MAIL if is_mail else _BULLET).match(text, line.start, line.end)
    return _Prose(line, prefix.end() if prefix else None, is_mail, writer)


def _marked(text: str, line: Line, known: frozenset[str], words: WordList) -> Marked | None:
    if line.first >= line.end or text[line.first] not in MARKS or _not_a_mark(text, line):
        return None
    kind, direction = MARKS[text[line.first]]
    start = _skip_space(text, line.first + 1, line.end)
    end = line.end
    length, speaker = speaker_at(text[start:end], known, words)
    start += length
    if kind is Kind.QUOTE:
        start, end = _inside(text, start, end)
    if not any(char.isalnum() for char in text[start:end]):
        return None
    return Marked(kind, direction, line, start, end, speaker)


def _not_a_mark(text: str, line: Line) -> bool:
    """A tag or address in angle brackets, a phone number, or a quote inside a sentence."""
    char, rest = text[line.first], text[line.first + 1 : line.end]
    if char == "<":
        return _TAG.match(text, line.first, line.end) is not None
    if char == "+":
        return rest[:1].isdigit()
    if char == ">":
        return rest.startswith(">")
    return char in CLOSING and _goes_on(rest, char)


def _goes_on(rest: str, opening: str) -> bool:
    """Whether the opening quotation mark closes before the line is over, prose following."""
    close = _closing(rest, opening)
    return close is not None and any(char.isalnum() for char in rest[close + 1 :])


def _closing(rest: str, opening: str) -> int | None:
    """Where the mark that opened before `rest` closes; quotes inside are passed over."""
    if opening == '"':
        return rest.find('"') if rest.count('"') % 2 else None
    depth = 0
    for place, char in enumerate(rest):
        depth += (char == opening) - (char in CLOSING[opening])
        if depth < 0:
            return place
    return None


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    if start < end and text[start] in '“„"«':
        start += 1
    if end > start and text[end - 1] in '”“"«»' and not _opened_inside(text, start, end - 1):
        end -= 1
    start = _skip_space(text, start, end)
    return start, start + len(text[start:end].rstrip())


def _opened_inside(text: str, start: int, last: int) -> bool:
    """Whether the closing mark at text[last] closes a quote that opened inside."""
    inner, closing = text[start:last], text[last]
    if closing == '"':
        return inner.count('"') % 2 == 1
    opening = {"”": "“", "“": "„", "»": "«", "«": "»"}[closing]
    return inner.count(opening) > inner.count(closing)


def _skip_space(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())


def speaker_at(line: str, known: frozenset[str], words: WordList) -> tuple[int, str | None]:
    """Read “Joan: ” or “Joan Smith: ” where a line begins: its length, and the name."""
    name, colon, rest = line[:LONGEST_SPEAKER].partition(":")
    parts = name.split()
    named = name.strip().casefold() in known or (
        1 <= len(parts) <= 3 and all(_like_a_name(part, words) for part in parts)
    )
    said = any(char.isalnum() for char in line[len(name) + 1 :])
    if not colon or not named or not said or rest.startswith("//"):
        return 0, None
    return _skip_space(line, len(name) + 1, len(line)), name.strip()


def _like_a_name(part: str, words: WordList) -> bool:
    bare = part.replace(".", "").replace("-", "").replace("'", "").replace("’", "")
    small = part.lower()
    dated = small in words.dates.weekdays or small in words.dates.months
    if not bare.isalpha() or dated or small in words.people.not_names:
        return False
    return small in words.people.particles or bare[0].isupper() or bare.lower() == bare.upper()


def _blanked(text: str, prose: list[_Prose]) -> str:
    pieces, place = [], 0
    for line, prefix, _, _ in prose:
        if prefix is not None:
            pieces += [text[place : line.start], " " * (prefix - line.start)]
            place = prefix
    return "".join([*pieces, text[place:]])


def _blocks(plain: str, prose: list[_Prose]) -> Iterator[Block]:
    """Join the lines of a paragraph where one runs on into the next."""
    block: Block | None = None
    for number, row in enumerate(prose):
        same = block is not None and block.theirs == row.is_mail
        if block and same and _runs_on(plain, prose[number - 1].line, row):
            block = Block(block.start, row.line.end, block.theirs, block.speaker)
            continue
        if block:
            yield block
        seen = plain[row.line.start : row.line.end].strip()
        block = Block(row.line.start, row.line.end, row.is_mail, row.writer) if seen else None
    if block:
        yield block


def _runs_on(plain: str, before: Line, row: _Prose) -> bool:
    """A wrapped line: this one begins small, or the one before is long and breaks off."""
    left = plain[before.start : before.end].rstrip()
    right = plain[row.line.start : row.line.end].lstrip()
    bulleted = row.prefix is not None and not row.is_mail
    if not left or not right or bulleted or left[-1] in ".!?…:;":
        return bool(left and right and row.is_mail and left[-1] in ".!?…")
    last = left.rpartition(" ")[2]
    breaks_off = len(left) >= LONG_LINE and last.islower() and len(last) <= 4
    return right[0].islower() or breaks_off or left[-1] == ","
