"""Which `>` lines are quoted mail and not promises, and who wrote it.

Mail programs quote with the same `>` that marks a promise of theirs. A run of `>` lines
is quoted mail when a line like “On … wrote:” stands before it, when one of its lines is
empty or begins with `>>`, or when it is three lines or longer.
"""

import re

from earnest.engine.language.lines import Line, lines_of
from earnest.engine.language.tokens import Token, tokens_of
from earnest.engine.language.words import WordList

MAIL_RUN = 3
LONGEST_HEADER = 300


def mail_lines(text: str, lines: list[Line], words: WordList) -> dict[int, str | None]:
    """The numbers of the lines of quoted mail, with the writer's name where one is given."""
    mail: dict[int, str | None] = {}
    number = 0
    while number < len(lines):
        last = number
        while last < len(lines) and text.startswith(">", lines[last].first):
            last += 1
        if last > number:
            header = _header(text, lines, number, words)
            if header or _is_mail(text, lines[number:last]):
                writer = _writer(header, words) if header else None
                mail.update(dict.fromkeys(range(number, last), writer))
        number = max(last, number + 1)
    return mail


def _is_mail(text: str, run: list[Line]) -> bool:
    rests = [text[line.first + 1 : line.end].strip() for line in run]
    doubled = any(rest.startswith(">") for rest in rests)
    gap = len(rests) > 1 and not all(rests)
    return doubled or gap or len(run) >= MAIL_RUN


def _header(text: str, lines: list[Line], number: int, words: WordList) -> str | None:
    """The line “On … wrote:” before line `number`, an empty line between allowed."""
    for line in reversed(lines[max(0, number - 2) : number]):
        written = text[line.first : line.end]
        if written:
            fits = written.endswith(":") and len(written) < LONGEST_HEADER
            wrote = fits and any(t.word in words.other.wrote for t in tokens_of(written))
            return written if wrote else None
    return None


def _writer(header: str, words: WordList) -> str | None:
    """The run of capitalised words nearest to the end: “On …, Joan Smith <…> wrote:”."""
    bare = header.partition("<")[0].rstrip(" :")
    tokens = tokens_of(bare)
    while tokens and tokens[-1].word in words.other.wrote:
        tokens.pop()
    first = len(tokens)
    while first > 0 and _names_somebody(tokens[first - 1], words):
        first -= 1
    return bare[tokens[first].start : tokens[-1].end] if first < len(tokens) else None


def _names_somebody(token: Token, words: WordList) -> bool:
    dated = token.word in words.dates.months or token.word in words.dates.weekdays
    return token.capital and not dated and token.word not in words.people.not_names


HEADER_LINE = re.compile(r"\*?[^\W\d_][\w\- ]{0,24}\*?\s?:\*?(\s|$)")
HEADER_BLOCK = 3  # so many lines like "From: …" in a row are the head of the mail answered
RULE = re.compile(r"(-{3,}.*-{3,}|_{8,}|-- ?)$")


def own_words(text: str, words: WordList) -> str:
    """What the writer of a mail wrote themselves: above everything quoted, else below it.

    Cut at the first of: a line “On … wrote:”, a run of `>` lines that is quoted mail, the head of
    a mail as Outlook puts it, a drawn rule such as “-----Original Message-----”, and “-- ”.
    """
    lines = lines_of(text)
    quoted = mail_lines(text, lines, words)
    first = 0
    for number, line in enumerate(lines):
        if number in quoted or _ends_own_words(text, lines, number, words):
            if above := text[lines[first].start : line.start].strip():
                return above
            if not _goes_on_below(text, lines, number, quoted):
                return ""
            first = number + 1
    return text[lines[first].start :].strip() if first < len(lines) else ""


def _goes_on_below(
    text: str, lines: list[Line], number: int, quoted: dict[int, str | None]
) -> bool:
    """An answer below what it answers; below a drawn rule or a head stands no answer."""
    line = text[lines[number].first : lines[number].end]
    return number in quoted or (line.endswith(":") and not HEADER_LINE.match(line))


def _ends_own_words(text: str, lines: list[Line], number: int, words: WordList) -> bool:
    written = text[lines[number].start : lines[number].end].strip()
    raw = text[lines[number].start :].splitlines()[:1]
    if RULE.fullmatch(written) and (written != "--" or raw[0].rstrip("\r") in {"--", "-- "}):
        return True
    return _announces(text, lines, number, words) or _is_head(text, lines, number)


def _announces(text: str, lines: list[Line], number: int, words: WordList) -> bool:
    """A line “On … wrote:”, perhaps broken in two, with quoted mail or nothing after it."""
    whole = [text[one.first : one.end] for one in lines[number : number + 2]]
    if _wrote(whole[0], words):
        return _quotes_next(text, lines[number + 1 :])
    broken = len(whole) > 1 and _dated(whole[0]) and not _dated(whole[1], address=False)
    return broken and _wrote(" ".join(whole), words) and _quotes_next(text, lines[number + 2 :])


def _wrote(written: str, words: WordList) -> bool:
    fits = written.endswith(":") and len(written) < LONGEST_HEADER and _dated(written)
    return fits and any(token.word in words.other.wrote for token in tokens_of(written))


def _quotes_next(text: str, rest: list[Line]) -> bool:
    follows = next((one for one in rest if one.end > one.first), None)
    return follows is None or text.startswith(">", follows.first)


def _dated(written: str, *, address: bool = True) -> bool:
    """It names a day, or an address: “she wrote:” in a sentence does not."""
    parts = [part for part in written.split() if address or "@" not in part]
    return any(mark.isdigit() or mark == "@" for part in parts for mark in part)


def _is_head(text: str, lines: list[Line], number: int) -> bool:
    block = [text[one.first : one.end] for one in lines[number : number + HEADER_BLOCK + 2]]
    headed = [line for line in block if HEADER_LINE.match(line)]
    if len(headed) < HEADER_BLOCK or not HEADER_LINE.match(block[0]):
        return False
    return any("@" in line or any(mark.isdigit() for mark in line) for line in headed)
