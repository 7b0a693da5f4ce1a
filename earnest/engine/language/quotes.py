"""Direct quotes in prose, and who said them."""

import re
from collections.abc import Iterator, Sequence

from earnest.engine.language.found import Found, Kind
from earnest.engine.language.people import Mention, could_be_name
from earnest.engine.language.promises import Reader
from earnest.engine.language.sentences import Quoted, Sentence
from earnest.engine.language.tokens import Token, tokens_of

AFTER, BEFORE = 60, 200
STOPS = ".!?;”\n"
UNTIL_NEXT = re.compile(r"\s*\S[^“„«]*[“„«]?")


def quote_found(quoted: Quoted, speaker: str | None, text: str) -> Found:
    words = " ".join(text[quoted.start : quoted.end].split())
    return Found(Kind.QUOTE, quoted.start, quoted.end, words, speaker=speaker)


def speaker_of(quoted: Quoted, since: int, voice: str | None, reader: Reader) -> str | None:
    """Who said a quote: named beside it, meant by a pronoun beside it, or named before.

    None when several persons were named in the sentence before it. `since` is the start
    of the paragraph; `voice` the writer of a mail or the speaker of the line.
    """
    if voice is not None:
        return voice
    text, low = reader.text, max(since, quoted.start - BEFORE)
    low = max(low, _last_of(STOPS, text, low, quoted.start - 1))
    after = _following(text, quoted)
    return (
        _beside(after, since, reader)
        or _beside(tokens_of(text, low, max(low, quoted.start - 1)), since, reader)
        or _nearest(quoted, reader)
    )


def _last_of(marks: str, text: str, low: int, high: int) -> int:
    """The place after the last of some marks within text[low:high], or `low`."""
    return max(low, *(text.rfind(mark, low, max(low, high)) + 1 for mark in marks))


def _following(text: str, quoted: Quoted) -> Sequence[Token]:
    """What belongs to a quote after it, “…, said Joan.”, and does not lead to the next one."""
    line = text[quoted.end + 1 : quoted.end + AFTER].partition("\n")[0]
    until = UNTIL_NEXT.match(line)
    tokens = tokens_of(text, quoted.end + 1, quoted.end + 1 + (until.end() if until else 0))
    stop = next((i for i, token in enumerate(tokens) if i and token.word in ".!?;:“„«"), None)
    leads = stop is not None and tokens[stop].word in ":“„«"
    full_stop = text[quoted.end - 1] == "." and bool(tokens) and tokens[0].capital
    return () if leads or full_stop else tokens[:stop]


def _beside(tokens: Sequence[Token], since: int, reader: Reader) -> str | None:
    said = any(token.word in reader.words.other.saying for token in tokens)
    led = bool(tokens) and (tokens[-1].word == ":" or _attributed(tokens, reader))
    if not said and not led:
        return None
    for token in tokens:
        if mention := reader.people.at(token):
            return mention.name
        if token.word in reader.words.people.subjects:
            return reader.people.meaning(token, since)
    named = led and tokens[-1].word != ":"
    return " ".join(_written(token, reader) for token in _letters(tokens)) if named else None


def _letters(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.word[0].isalnum()]


def _written(token: Token, reader: Reader) -> str:
    return reader.text[token.start : token.end]


def _attributed(tokens: Sequence[Token], reader: Reader) -> bool:
    """“… – Joan” or “… (Joan)”."""
    inner = _letters(tokens)
    marks = {token.word for token in tokens} & {"–", "—", "-", "("}
    named = all(could_be_name(inner, place, reader.words) for place in range(len(inner)))
    return bool(marks) and 1 <= len(inner) <= 3 and named


def _nearest(quoted: Quoted, reader: Reader) -> str | None:
    before = reader.people.before(quoted.start)
    if not before:
        return None
    everybody = {mention.key for mention in before}
    if len(everybody) == 1:
        return before[-1].name
    near = _same_sentence(before, reader)
    if len({mention.key for mention in near}) == 1:
        return near[-1].name
    return None


def _same_sentence(before: Sequence[Mention], reader: Reader) -> Sequence[Mention]:
    """The mentions with no stop between them and the last one."""
    last = before[-1]
    low = _last_of(STOPS, reader.text, max(0, last.start - BEFORE), last.start)
    return [mention for mention in before if mention.start >= low]


def unquoted_saying(sentence: Sentence, reader: Reader) -> Found | None:
    """“Joan said: Fridays are the problem”: the rest of the sentence is her words."""
    tokens = sentence.tokens
    for index in range(1, min(len(tokens) - 3, 8)):
        if tokens[index].word == ":" and tokens[index - 1].word in reader.words.other.saying:
            speaker = _beside(tokens[: index + 1], sentence.start, reader)
            start, end = tokens[index + 1].start, sentence.end
            if speaker and reader.text[start] not in '“„"«»':
                words = " ".join(reader.text[start:end].split())
                return Found(Kind.QUOTE, start, end, words, speaker=speaker)
    return None


def quotes_found(
    quotes: Sequence[Quoted], since: int, voice: str | None, reader: Reader
) -> Iterator[tuple[Quoted, Found]]:
    for quoted in quotes:
        yield quoted, quote_found(quoted, speaker_of(quoted, since, voice, reader), reader.text)
