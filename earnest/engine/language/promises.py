"""Promises in a sentence: the deed in plain words, for whom, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.engine.language.dates import Dates, Located
from earnest.engine.language.found import Direction, Found, Kind
from earnest.engine.language.openings import Opening, openings
from earnest.engine.language.people import People
from earnest.engine.language.sentences import Sentence
from earnest.engine.language.tokens import Token
from earnest.engine.language.words import WordList

LEAD_AT_MOST = 20
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one note needs everywhere: its words, its dates and its people."""

    text: str
    words: WordList
    dates: Dates
    people: People


@dataclass(frozen=True, slots=True)
class When:
    """The when of a promise, and the tokens that said it."""

    due: Located | None
    condition: Span | None
    standing: bool


def promises_in(sentence: Sentence, reader: Reader) -> list[Found]:
    """The promises of a sentence; a question promises nothing."""
    if sentence.asks:
        return []
    tokens, found = sentence.tokens, []
    begun = openings(sentence, reader.people, reader.words)
    leads = _leads(tokens, begun, reader)
    for number, opening in enumerate(begun):
        if opening.valid:
            until = leads[number + 1] if number + 1 < len(begun) else len(tokens)
            high = _end(tokens, opening.deed, until, reader.words)
            promise = _promise(sentence, opening, (leads[number], high), reader)
            firm = _made_firm(tokens, opening, high, reader.words)
            if promise.words and (opening.firm or promise.due_words or firm):
                found.append(promise)
    return found


def _made_firm(tokens: Sequence[Token], opening: Opening, high: int, words: WordList) -> bool:
    """“I can send it” says little; “let me check and get back to you” says when."""
    return words.promises.makes_firm.find(tokens, opening.deed, high) is not None


def marked_promise(
    sentence: Sentence, direction: Direction, speaker: str | None, reader: Reader
) -> Found:
    """The promise of a marked line: always one, whatever its words."""
    tokens = sentence.tokens
    begun = [o for o in openings(sentence, reader.people, reader.words) if o.deed < len(tokens)]
    fits = bool(begun) and (begun[0].start <= 1 or _lead(tokens, 0, begun[0].start, reader) == 0)
    opening = begun[0] if fits else Opening(0, 0, direction, None)
    by = speaker or (opening.speaker if direction == "theirs" else None)
    opening = Opening(opening.start, opening.deed, direction, by)
    return _promise(sentence, opening, (0, len(tokens)), reader)


def _promise(sentence: Sentence, opening: Opening, span: Span, reader: Reader) -> Found:
    text, tokens = reader.text, sentence.tokens
    theirs = opening.direction == "theirs"
    when = when_of(tokens, (span[0], opening.start), (opening.deed, span[1]), reader)
    kept = _plain_words(sentence, (opening.deed, span[1]), when, reader)
    return Found(
        kind=Kind.PROMISE,
        start=tokens[span[0]].start,
        end=tokens[span[1] - 1].end,
        words=kept,
        speaker=opening.speaker if theirs else None,
        direction=opening.direction,
        whom=opening.speaker if theirs else _whom(sentence, opening.start, span[1], reader),
        due=when.due.day if when.due else None,
        condition=_written(text, tokens, when.condition) if when.condition else None,
        standing=when.standing,
        due_words=_written(text, tokens, (when.due.low, when.due.high)) if when.due else None,
    )


def _leads(tokens: Sequence[Token], begun: list[Opening], reader: Reader) -> list[int]:
    """Where each promise begins: with a date or condition before its subject, or with it."""
    leads, floor = [], 0
    for opening in begun:
        leads.append(_lead(tokens, max(floor, opening.start - LEAD_AT_MOST), opening.start, reader))
        floor = opening.deed
    return leads


def _lead(tokens: Sequence[Token], low: int, high: int, reader: Reader) -> int:
    condition = _clause_condition(tokens, low, high, reader.words)
    if condition is not None:
        return condition
    for index in range(low, high):
        located = reader.dates.at(tokens, index, low, high)
        if located and located.high >= high - 1 and _opens_clause(tokens, index, reader.words):
            return index
    return high


def _opens_clause(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    before = tokens[index - 1].word if index > 0 else ","
    return before in words.promises.joins or not before[0].isalnum()


def _clause_condition(tokens: Sequence[Token], low: int, high: int, words: WordList) -> int | None:
    """An “if …” or “once …” that opens a clause before the subject."""
    found = words.promises.conditions.find(tokens, low, high)
    if found is None:
        return None
    return found[0] if _opens_clause(tokens, found[0], words) else None


def _end(tokens: Sequence[Token], low: int, high: int, words: WordList) -> int:
    """The end of the deed: a new clause with its own subject, “because”, or a stop."""
    for index in range(low + 1, high):
        if words.promises.stops.at(tokens, index) or tokens[index].word in {";", "("}:
            return _trim(tokens, low, index, words)
        if _new_subject(tokens, index, words):
            return _trim(tokens, low, index, words)
    return _trim(tokens, low, high, words)


def _new_subject(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    people = words.people
    subject = tokens[index].word in people.subjects or tokens[index].word in people.other_subjects
    before = tokens[index - 1].word
    comma = before in {",", "–", "—", "-"}
    return subject and (before in words.promises.joins or comma)


def _trim(tokens: Sequence[Token], low: int, high: int, words: WordList) -> int:
    while high > low + 1 and _hangs(tokens[high - 1].word, words):
        high -= 1
    return high


def _hangs(word: str, words: WordList) -> bool:
    """A mark or an “and” left at the end of a phrase."""
    return (not word[0].isalnum() and word[0] != "'") or word in words.promises.joins


def when_of(tokens: Sequence[Token], lead: Span, deed: Span, reader: Reader) -> When:
    """When a promise is due, read from the deed first, then from what leads it."""
    words = reader.words.promises
    condition = _condition(tokens, lead, deed, reader)
    open_parts = _without((lead[0], lead[1]), condition), _without(deed, condition)
    due = None
    for low, high in [*open_parts[1], *open_parts[0]]:
        due = due or reader.dates.in_clause(tokens, low, high)
    standing = words.standing.find(tokens, deed[0], deed[1]) or words.standing.find(tokens, *lead)
    return When(due, condition, standing is not None)


def _without(span: Span, hole: Span | None) -> list[Span]:
    if hole is None or hole[1] <= span[0] or hole[0] >= span[1]:
        return [span]
    parts = [(span[0], hole[0]), (hole[1], span[1])]
    return [part for part in parts if part[0] < part[1]]


def _condition(tokens: Sequence[Token], lead: Span, deed: Span, reader: Reader) -> Span | None:
    """The clause that says on what a promise depends; “ask when …” is no condition."""
    words = reader.words
    opened = _clause_condition(tokens, lead[0], lead[1], words)
    if opened is not None:
        return opened, _trim(tokens, opened, lead[1], words)
    found = words.promises.conditions.find(tokens, deed[0] + 1, deed[1])
    if found is None or _enquires(tokens, deed[0], found[0], words):
        return None
    if _within_date(tokens, found[0], deed, reader):
        return None
    comma = next((i for i in range(found[1] + 1, deed[1]) if tokens[i].word == ","), deed[1])
    return found[0], comma


def _within_date(tokens: Sequence[Token], index: int, deed: Span, reader: Reader) -> bool:
    """The “after” of “the day after tomorrow”."""
    near = range(max(deed[0], index - 3), index)
    dates = [reader.dates.at(tokens, start, *deed) for start in near]
    return any(located and located.high > index for located in dates)


def _enquires(tokens: Sequence[Token], low: int, high: int, words: WordList) -> bool:
    told = tokens[high - 1].word == "," or tokens[low].word in words.promises.tells
    return not told and any(t.word in words.promises.enquiring for t in tokens[low:high])


def _plain_words(sentence: Sentence, span: Span, when: When, reader: Reader) -> str:
    """The deed as one phrase, its date and condition taken out."""
    text, tokens, words = reader.text, sentence.tokens, reader.words
    holes = [hole for hole in (when.condition, when.due and (when.due.low, when.due.high)) if hole]
    parts = [span]
    for hole in holes:
        parts = [rest for part in parts for rest in _without(part, hole)]
    trimmed = [(low, _trim(tokens, low, high, words)) for low, high in parts]
    written = [_written(text, tokens, part) for part in trimmed]
    kept = [piece for piece in written if any(char.isalnum() for char in piece)]
    return " ".join(kept).strip(" ,;:–—-") or _written(text, tokens, span).strip(" .,;:")


def _written(text: str, tokens: Sequence[Token], span: Span) -> str:
    low, high = span
    return " ".join(text[tokens[low].start : tokens[high - 1].end].split()) if low < high else ""


def _whom(sentence: Sentence, low: int, high: int, reader: Reader) -> str | None:
    """Whom we promised it to: the first person named in it.

    “I'll ask Sam” promises nothing to Sam: there the other person stays open.
    """
    tokens, people = sentence.tokens, reader.words.people
    for token in tokens[low:high]:
        if token.word in reader.words.promises.asks_another:
            return None
        if mention := reader.people.at(token):
            return mention.name
        if token.word in people.she or token.word in people.he:
            return reader.people.meaning(token, sentence.start)
    told = reader.people.before(tokens[low].start, sentence.start)[-1:]
    return told[0].name if told and tokens[low].start - told[0].end <= 1 else None
