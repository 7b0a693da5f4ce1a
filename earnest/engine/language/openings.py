"""Where a promise begins: “I'll …”, “She will …”, “Sam promised to …”.

An opening is a person, words of committing, and something to do. It is refused when it is
negated, doubted (“I doubt she'll …”), supposed (“if she'll …”) or no deed (“I'll see”).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from earnest.engine.language.found import Direction
from earnest.engine.language.people import People
from earnest.engine.language.sentences import Sentence
from earnest.engine.language.tokens import Token
from earnest.engine.language.words import WordList

LOOK_BACK, REPORT_BACK = 6, 14
FILLERS_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Opening:
    """The subject begins at tokens[start], the deed at tokens[deed].

    `valid` is False for a refused opening: it offers nothing but ends what stands before.
    `firm` is False for “I can …” and the like, a promise only with a date.
    """

    start: int
    deed: int
    direction: Direction
    speaker: str | None
    valid: bool = True
    firm: bool = True


def openings(sentence: Sentence, people: People, words: WordList) -> list[Opening]:
    """All openings of a sentence in order, refused ones among them."""
    found: list[Opening] = []
    index = 0
    while index < len(sentence.tokens):
        opening = _opening_at(sentence, index, people, words)
        opening = opening or _same_person(sentence.tokens, index, found[-1:], words)
        if opening is None:
            index += 1
            continue
        found.append(_checked(sentence, opening, words))
        index = max(opening.deed, index + 1)
    return found


def _opening_at(sentence: Sentence, index: int, people: People, words: WordList) -> Opening | None:
    return _first_person(sentence, index, people, words) or _other_person(
        sentence, index, people, words
    )


def _first_person(
    sentence: Sentence, index: int, people: People, words: WordList
) -> Opening | None:
    deed = _given_by_us(sentence.tokens, index, people, words)
    length = _first_length(sentence.tokens, index, words)
    if not length and not deed:
        return None
    deed = deed or _skip(sentence.tokens, index + length, words)
    firm = not words.promises.first_if_firm.at(sentence.tokens, index)
    direction: Direction = "theirs" if sentence.theirs else "ours"
    return Opening(index, deed, direction, sentence.speaker, firm=firm)


def _given_by_us(tokens: Sequence[Token], index: int, people: People, words: WordList) -> int:
    """“I promised Joan the numbers”: where “the numbers” begins, or 0."""
    length = words.promises.first_gave.at(tokens, index)
    place = index + length
    if not length or place >= len(tokens):
        return 0
    mention = people.at(tokens[place])
    pronoun = tokens[place].word in words.people.she | words.people.he | words.people.they
    place += mention.length if mention else int(pronoun)
    return place if _given(tokens, place, words) else 0


def _first_length(tokens: Sequence[Token], index: int, words: WordList) -> int:
    rules = words.promises
    if length := rules.first.at(tokens, index):
        return length
    length = rules.first_if_firm.at(tokens, index)
    if length and _doing(tokens, index + length, words):
        return length
    length = rules.first_reported.at(tokens, index)
    if length and _reported(tokens, index, words, words.people.i):
        return length
    length = rules.bare.at(tokens, index) if index == 0 else 0
    return length if length and _doing(tokens, length, words) else 0


def _other_person(
    sentence: Sentence, index: int, people: People, words: WordList
) -> Opening | None:
    tokens, token = sentence.tokens, sentence.tokens[index]
    mention = people.at(token)
    pronoun = token.word in words.people.subjects
    if not mention and not pronoun:
        return None
    after = index + (mention.length if mention else 1)
    after += words.promises.adverbs.at(tokens, after)
    length = _other_length(tokens, index, after, words)
    several = token.word in words.people.they
    if not length or (several and not _doing(tokens, after + length, words)):
        return None
    name = mention.name if mention else _meant(sentence, token, people)
    return Opening(index, _skip(tokens, after + length, words), "theirs", name)


def _same_person(
    tokens: Sequence[Token], index: int, before: Sequence[Opening], words: WordList
) -> Opening | None:
    """“She'll ask Sam, and will call on Friday”: the second promise is hers too."""
    rules = words.promises
    length = rules.bare.at(tokens, index) if before and before[0].valid else 0
    joined = index > 0 and tokens[index - 1].word in rules.joins
    if not length or not joined or not rules.other.at(tokens, index):
        return None
    deed = _skip(tokens, index + length, words)
    return replace(before[0], start=index, deed=deed) if _doing(tokens, deed, words) else None


def _meant(sentence: Sentence, token: Token, people: People) -> str | None:
    """Whom “she” means; inside their own words it is somebody else, and stays open."""
    spoken = sentence.theirs and sentence.speaker is not None
    name = None if spoken else people.meaning(token, sentence.start)
    people.differs(token, sentence.end)
    return name


def _other_length(tokens: Sequence[Token], index: int, after: int, words: WordList) -> int:
    rules = words.promises
    if length := rules.other.at(tokens, after):
        return length
    length = rules.other_reported.at(tokens, after)
    if length and _reported(tokens, index, words, None):
        return length
    length = rules.gave.at(tokens, after)
    return length if length and _given(tokens, after + length, words) else 0


def _given(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    """After “promised”: “the numbers”, not “that I'd” or “to”, which other rules read."""
    word = tokens[index].word if index < len(tokens) else ""
    return word in words.dates.the and word not in words.people.other_subjects


def _reported(
    tokens: Sequence[Token], index: int, words: WordList, by: frozenset[str] | None
) -> bool:
    """Whether “I'd” or “she'd” stands after “… said”, “… promised”, by oneself if asked so."""
    for back in range(index - 1, max(-1, index - REPORT_BACK), -1):
        if tokens[back].word in words.promises.reports:
            return by is None or (back > 0 and tokens[back - 1].word in by)
    return False


def _doing(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    return index < len(tokens) and tokens[index].word in words.promises.deeds


def _skip(tokens: Sequence[Token], index: int, words: WordList) -> int:
    """Past “also”, “definitely”, and an “I'll I'll” said twice."""
    rules = words.promises
    for _ in range(FILLERS_AT_MOST):
        length = rules.adverbs.at(tokens, index) or rules.first.at(tokens, index)
        if not length:
            break
        index += length
    return index


def _checked(sentence: Sentence, opening: Opening, words: WordList) -> Opening:
    tokens, rules = sentence.tokens, words.promises
    nothing = opening.deed >= len(tokens) or not tokens[opening.deed].word[0].isalnum()
    refused = (
        nothing
        or tokens[opening.deed].word in rules.not_
        or not _a_deed(tokens, opening.deed, words)
        or _unsure(tokens, opening.start, words)
    )
    return replace(opening, valid=not refused)


def _a_deed(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    """“Be honest” is no deed, “be there” is."""
    rules = words.promises
    return bool(rules.but_deeds.at(tokens, index)) or not rules.not_deeds.at(tokens, index)


def _unsure(tokens: Sequence[Token], start: int, words: WordList) -> bool:
    """A doubt before it in its clause, or an “if” directly before."""
    rules = words.promises
    if rules.conditions.ending_at(tokens, start):
        return True
    for back in range(start - 1, max(-1, start - LOOK_BACK), -1):
        word = tokens[back].word
        if word in {",", ";", ":", ")"} or (word in rules.joins and back != start - 1):
            return False
        if rules.unsure.at(tokens, back) or word in rules.not_:
            return True
    return False
