"""Needs, questions owed an answer, and who else to speak with, in prose."""

from bisect import bisect_right
from collections.abc import Sequence

from earnest.engine.language.found import Found, Kind
from earnest.engine.language.people import Mention, could_be_name, name_length
from earnest.engine.language.promises import Reader, Span
from earnest.engine.language.sentences import Sentence
from earnest.engine.language.tokens import Token

BURDEN_AT_MOST = 6


def need_in(sentence: Sentence, taken: Sequence[Span], reader: Reader) -> Found | None:
    """A worry, a lack, a wish or a burden; the note-taker's own is nobody's need.

    `taken` are the places of promises: a need named inside a promise is not found again.
    """
    starts = [start for start, _ in taken]
    for index, token in enumerate(sentence.tokens):
        promise = bisect_right(starts, token.start) - 1
        if promise >= 0 and token.start < taken[promise][1]:
            continue
        if _need_at(sentence, index, reader):
            return _whole(Kind.NEED, sentence, _subject(sentence, index, reader), reader)
    return None


def _need_at(sentence: Sentence, index: int, reader: Reader) -> bool:
    tokens, rules = sentence.tokens, reader.words.other
    wants = rules.needs_of_person.at(tokens, index)
    named = (
        rules.needs.at(tokens, index)
        or (wants and _person_before(tokens, index, reader))
        or _burden(tokens, index, reader)
    )
    if not named or sentence.asks or _own(sentence, index, reader):
        return False
    return not (rules.no_needs.ending_at(tokens, index) or rules.no_needs.at(tokens, index) > 1)


def _own(sentence: Sentence, index: int, reader: Reader) -> bool:
    """“I am worried”, where the I is the one who takes the notes."""
    before = sentence.tokens[max(0, index - 3) : index]
    return not sentence.theirs and any(token.word in reader.words.people.i for token in before)


def _person_before(tokens: Sequence[Token], index: int, reader: Reader) -> bool:
    while index > 0 and reader.words.promises.adverbs.at(tokens, index - 1) == 1:
        index -= 1
    if index == 0:
        return False
    people = reader.words.people
    if tokens[index - 1].word in people.subjects or tokens[index - 1].word in people.we:
        return True
    near = tokens[max(0, index - 3) : index]
    return any((m := reader.people.at(token)) and _touches(m, tokens[index]) for token in near)


def _touches(mention: Mention, token: Token) -> bool:
    return 0 <= token.start - mention.end <= 1


def _burden(tokens: Sequence[Token], index: int, reader: Reader) -> bool:
    """“Has forty open slots and one pair of hands”: much to do, little to do it with."""
    numbers, scarce = reader.words.dates.numbers, reader.words.other.scarce
    if tokens[index].word not in reader.words.other.has or index + 3 >= len(tokens):
        return False
    amount = tokens[index + 1].word
    if amount in scarce or not (amount in numbers or amount.isdecimal()):
        return False
    window = range(index + 3, min(len(tokens) - 1, index + 2 + BURDEN_AT_MOST))
    joins = reader.words.promises.joins
    return any(tokens[i].word in joins and tokens[i + 1].word in scarce for i in window)


def _subject(sentence: Sentence, index: int, reader: Reader) -> str | None:
    """Whose it is: the one person named or meant before it in the sentence."""
    if sentence.theirs:
        return sentence.speaker
    tokens = sentence.tokens[: index + 1]
    named = {m.key: m.name for token in tokens if (m := reader.people.at(token))}
    if named:
        return next(iter(named.values())) if len(named) == 1 else None
    subjects = reader.words.people.subjects
    pronoun = next((token for token in tokens if token.word in subjects), None)
    return reader.people.meaning(pronoun, sentence.start) if pronoun else None


def _whole(kind: Kind, sentence: Sentence, speaker: str | None, reader: Reader) -> Found:
    words = " ".join(reader.text[sentence.start : sentence.end].split())
    return Found(kind, sentence.start, sentence.end, words.rstrip(" .,;!"), speaker=speaker)


def question_in(sentence: Sentence, reader: Reader) -> Found | None:
    """A question owed an answer: “she asked who decides”, or theirs with a question mark."""
    reported = _asked(sentence, reader)
    if reported is not None:
        return reported
    ours = not sentence.theirs and any(t.word in reader.words.other.you for t in sentence.tokens)
    ours = ours or bool(reader.words.other.asks.at(sentence.tokens, 0))
    few = sum(token.word[0].isalnum() for token in sentence.tokens) < 2
    if not sentence.asks or ours or few or _own(sentence, min(3, len(sentence.tokens)), reader):
        return None
    return _whole(Kind.QUESTION, sentence, sentence.speaker, reader)


def _asked(sentence: Sentence, reader: Reader) -> Found | None:
    tokens, other = sentence.tokens, reader.words.other
    for index in range(1, len(tokens)):
        length = other.asks.at(tokens, index)
        if not length or _own(sentence, index, reader):
            continue
        found = other.asked.find(tokens, index + length, min(len(tokens), index + length + 3))
        if found is not None and found[0] + 1 < len(tokens):
            start, end = tokens[found[0]].start, sentence.end
            words = " ".join(reader.text[start:end].split()).rstrip(" .,;!")
            return Found(
                Kind.QUESTION, start, end, words, speaker=_subject(sentence, index, reader)
            )
    return None


def referral_in(sentence: Sentence, known: set[str], reader: Reader) -> Found | None:
    """“You should speak with Sam”, “Sam did this in the North”: each person once."""
    tokens = sentence.tokens
    for index in range(len(tokens)):
        named = _referred(tokens, index, reader) or _did_this(tokens, index, reader)
        if named is not None and named.casefold().split()[0] not in known:
            known.add(named.casefold().split()[0])
            found = _whole(Kind.REFERRAL, sentence, sentence.speaker, reader)
            return Found(found.kind, found.start, found.end, found.words, found.speaker, whom=named)
    return None


def _referred(tokens: Sequence[Token], index: int, reader: Reader) -> str | None:
    other = reader.words.other
    length = other.refer.at(tokens, index)
    if not length or index + length >= len(tokens):
        return None
    led = (
        index == 0 or other.refer_lead.ending_at(tokens, index) or tokens[index - 1].word in ",:;–"
    )
    return _name_at(tokens, index + length, reader) if led else None


def _did_this(tokens: Sequence[Token], index: int, reader: Reader) -> str | None:
    mention = reader.people.at(tokens[index])
    place = index + (mention.length if mention else 1)
    if mention and place < len(tokens) and tokens[place].word == ",":
        place += 2 if place + 1 < len(tokens) and _pronoun(tokens[place + 1], reader) else 0
    if not reader.words.other.did_this.at(tokens, place) or reader.people.is_partner(mention):
        return None
    return _name_at(tokens, index, reader)


def _pronoun(token: Token, reader: Reader) -> bool:
    return token.word in reader.words.people.she or token.word in reader.words.people.he


def _name_at(tokens: Sequence[Token], index: int, reader: Reader) -> str | None:
    """The person named there, known or not; a place or the day of the week is none."""
    mention = reader.people.at(tokens[index])
    if mention is not None:
        return mention.name
    if not could_be_name(tokens, index, reader.words):
        return None
    last = index + name_length(tokens, index, reader.words) - 1
    return reader.text[tokens[index].start : tokens[last].end]


def marked_referral(sentence: Sentence, reader: Reader) -> str | None:
    """Who is named in a marked line: the first person, else the first capitalised name."""
    for token in sentence.tokens:
        if mention := reader.people.at(token):
            return mention.name
    places = range(len(sentence.tokens))
    return next((name for i in places if (name := _name_at(sentence.tokens, i, reader))), None)
