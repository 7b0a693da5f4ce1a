"""Read a note: quotes, promises with dates, needs, questions, ideas, referrals.

Marked lines are taken at their word; from prose, rules offer what they find and a person
decides. See docs/language.md for the rules and how well they do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from earnest.engine.language.dates import Dates
from earnest.engine.language.found import Found, Kind
from earnest.engine.language.marks import Block, Marked, split_notes
from earnest.engine.language.others import marked_referral, need_in, question_in, referral_in
from earnest.engine.language.people import people_in
from earnest.engine.language.promises import Reader, marked_promise, promises_in
from earnest.engine.language.quotes import quotes_found, unquoted_saying
from earnest.engine.language.sensitive import sensitive_topics, topics_of
from earnest.engine.language.sentences import NO_BLOCK, Sentence, quotes_in, sentences_of, spoken
from earnest.engine.language.tokens import tokens_of
from earnest.engine.language.words import WordList


def read_notes(
    text: str, *, written_on: date, names: Sequence[str] = (), words: WordList
) -> tuple[Found, ...]:
    """Everything to offer from a note, by its place in the text.

    `written_on` is the day dates count from, `names` are persons already known. Nothing
    sensitive is offered from prose; a marked line is kept and names what it touches.
    """
    plain, marked, blocks = split_notes(text, names, words)
    prose = [
        sentence
        for number, block in enumerate(blocks)
        for sentence in sentences_of(plain, block, number, words)
    ]
    lines = [_as_sentence(plain, mark) for mark in marked]
    ordered = sorted([*prose, *lines], key=lambda sentence: sentence.start)
    speakers = sorted({name for name in (*names, *_speakers(prose, marked)) if name.strip()})
    people = people_in(plain, [s.tokens for s in ordered], speakers, words)
    reader = Reader(plain, words, Dates(words.dates, words.language, written_on), people)
    found = [*_from_marks(marked, reader), *_from_prose(blocks, prose, reader)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))


def _speakers(prose: Sequence[Sentence], marked: Sequence[Marked]) -> list[str]:
    said = [*(sentence.speaker for sentence in prose), *(mark.speaker for mark in marked)]
    return [speaker for speaker in said if speaker is not None]


def _as_sentence(plain: str, mark: Marked) -> Sentence:
    tokens = tokens_of(plain, mark.start, mark.end)
    theirs = mark.direction == "theirs"
    return Sentence(mark.start, mark.end, tokens, theirs, mark.speaker, False, NO_BLOCK)


def _from_marks(marked: Sequence[Marked], reader: Reader) -> Iterator[Found]:
    for mark in marked:
        sensitive = sensitive_topics(reader.text[mark.start : mark.end], reader.words)
        yield replace(_from_mark(mark, reader), marked=True, sensitive=sensitive)


def _from_mark(mark: Marked, reader: Reader) -> Found:
    sentence = _as_sentence(reader.text, mark)
    if mark.direction is not None:
        promise = marked_promise(sentence, mark.direction, mark.speaker, reader)
        return replace(promise, start=mark.start, end=mark.end)
    words = reader.text[mark.start : mark.end].strip()
    whom = marked_referral(sentence, reader) if mark.kind is Kind.REFERRAL else None
    return Found(mark.kind, mark.start, mark.end, words, speaker=mark.speaker, whom=whom)


def _from_prose(
    blocks: Sequence[Block], prose: Sequence[Sentence], reader: Reader
) -> Iterator[Found]:
    by_block: dict[int, list[Sentence]] = {}
    for sentence in prose:
        by_block.setdefault(sentence.block, []).append(sentence)
    referred: set[str] = set()
    for number, block in enumerate(blocks):
        sentences = by_block.get(number, [])
        voice = next((s.speaker for s in sentences if s.theirs), block.speaker)
        for sentence in sentences:
            if not topics_of(sentence.tokens, reader.words):
                yield from _from_sentence(sentence, referred, reader)
        yield from _from_quotes(block, voice, reader)


def _from_sentence(sentence: Sentence, referred: set[str], reader: Reader) -> Iterator[Found]:
    promises = promises_in(sentence, reader)
    taken = [(promise.start, promise.end) for promise in promises]
    yield from promises
    saying = unquoted_saying(sentence, reader)
    offers = (
        saying,
        None if saying else need_in(sentence, taken, reader),
        question_in(sentence, reader),
        None if promises else referral_in(sentence, referred, reader),
    )
    yield from (offer for offer in offers if offer is not None)


def _from_quotes(block: Block, voice: str | None, reader: Reader) -> Iterator[Found]:
    """The quotes of a block, and the promises and questions their speakers made in them."""
    quotes = quotes_in(reader.text, block, reader.words)
    for quoted, quote in quotes_found(quotes, block.start, voice, reader):
        if sensitive_topics(quote.words, reader.words):
            continue
        yield quote
        for sentence in spoken(reader.text, quoted, quote.speaker, reader.words):
            yield from promises_in(sentence, reader)
            question = question_in(sentence, reader)
            if question is not None:
                yield question
