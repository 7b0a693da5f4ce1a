"""Which `>` lines are quoted mail and not promises, and who wrote it.

Mail programs quote with the same `>` that marks a promise of theirs. A run of `>` lines
is quoted mail when a line like “On … wrote:” stands before it, when one of its lines is
empty or begins with `>>`, or when it is three lines or longer.
"""

from earnest.engine.language.lines import Line
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
