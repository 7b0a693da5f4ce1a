"""Who is named in a note, and whom a pronoun means.

A capitalised word is a person when the caller knows the name, or when somewhere in the
note it stands where only persons stand (“talked with …”, “… promised”). Pronouns are
resolved only when one person fits.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from earnest.engine.language.tokens import Token, tokens_of
from earnest.engine.language.words import PeopleWords, WordList

LONGEST_NAME = 7
NEAR = 20


class Mention(NamedTuple):
    """A person named in `length` tokens; `subject` when they say, do or promise something."""

    start: int
    end: int
    name: str
    key: str
    subject: bool
    length: int


class People:
    """Everybody named in one note, in order; remembers what pronouns meant before."""

    def __init__(self, words: PeopleWords, mentions: list[Mention], partner: str | None) -> None:
        self.words = words
        self.mentions = sorted(mentions)
        self.partner = partner
        self._at = {mention.start: mention for mention in self.mentions}
        self._starts = [mention.start for mention in self.mentions]
        self._meant: dict[str, str] = {}
        self._never: dict[str, set[str]] = {"she": set(), "he": set()}

    def at(self, token: Token) -> Mention | None:
        return self._at.get(token.start)

    def before(self, place: int, since: int = 0) -> list[Mention]:
        """The last few mentions in text[since:place]."""
        high = bisect_left(self._starts, place)
        return self.mentions[max(bisect_left(self._starts, since), high - NEAR) : high]

    def is_partner(self, mention: Mention | None) -> bool:
        """Whether this is the person the note is a conversation with."""
        own = self.partner.casefold().split()[0] if self.partner else None
        return mention is not None and mention.key == own

    def meaning(self, pronoun: Token, since: int) -> str | None:
        """The person a pronoun means, when only one can be meant; `since`: its sentence."""
        group = self._group(pronoun.word)
        if group is None:
            return None
        acting = [
            m for m in self.before(pronoun.start, since) if m.subject and self._can(m.key, group)
        ]
        if acting:
            self._meant[group] = acting[-1].key
            return acting[-1].name
        people = self._candidates(pronoun.start, group)
        meant = self._meant.get(group)
        if meant is None and len(people) == 1:
            self._meant[group] = meant = next(iter(people))
        elif meant is None and self.partner is not None:
            meant = self.partner.casefold().split()[0]
        return people.get(meant) if meant else None

    def differs(self, pronoun: Token, until: int) -> None:
        """Who is named after “she will …” in the same sentence is not she."""
        group = self._group(pronoun.word)
        if group is not None:
            named = self.before(until, pronoun.start)
            self._never[group] |= {mention.key for mention in named}

    def _candidates(self, place: int, group: str) -> dict[str, str]:
        people = {m.key: m.name for m in self.before(place)}
        if self.partner is not None:
            people.setdefault(self.partner.casefold().split()[0], self.partner)
        return {key: name for key, name in people.items() if self._can(key, group)}

    def _can(self, key: str, group: str) -> bool:
        other = any(name == key for kind, name in self._meant.items() if kind != group)
        return not other and (key not in self._never[group] or self._meant.get(group) == key)

    def _group(self, word: str) -> str | None:
        if word in self.words.she:
            return "she"
        return "he" if word in self.words.he else None


def people_in(
    text: str, sentences: Sequence[Sequence[Token]], names: Sequence[str], words: WordList
) -> People:
    """Find everybody named in the sentences of a note."""
    known = {token.word for name in names for token in tokens_of(name)[:1]}
    only = next(iter(names)) if len(set(names)) == 1 else None
    for tokens in sentences:
        known |= _shown_persons(tokens, words)
    found: list[Mention] = []
    for tokens in sentences:
        found += _mentions(text, tokens, known, words)
    partner = next((p for tokens in sentences if (p := _partner(tokens, known, words))), None)
    return People(words.people, found, partner or only)


def _shown_persons(tokens: Sequence[Token], words: WordList) -> set[str]:
    shown = set()
    for index, token in enumerate(tokens):
        if token.capital and could_be_name(tokens, index, words):
            after = index + name_length(tokens, index, words)
            acts = _acts(tokens, after, words) and not _set_apart(tokens, index, words)
            if acts or words.people.before.ending_at(tokens, index):
                shown.add(token.word)
                shown |= _joined(tokens, index, words)
    return shown


def _joined(tokens: Sequence[Token], index: int, words: WordList) -> set[str]:
    """“Joan and” before a person is another person."""
    near = index > 1 and tokens[index - 1].word in words.promises.joins
    return {tokens[index - 2].word} if near and could_be_name(tokens, index - 2, words) else set()


def _set_apart(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    """“The North”, “in London”: not where a person stands as a subject."""
    return index > 0 and tokens[index - 1].word in words.people.not_after


def could_be_name(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    token = tokens[index]
    word, dates = token.word, words.dates
    ordinary = word in words.people.not_names or word in dates.weekdays or word in dates.months
    pronoun = word in words.people.subjects or word in words.people.other_subjects
    return token.capital and len(word) > 1 and word.isalpha() and not ordinary and not pronoun


def name_length(tokens: Sequence[Token], index: int, words: WordList) -> int:
    """How many tokens the name at `index` takes: “Anne-Marie”, “Sam van der Berg”."""
    length = 1
    while length < LONGEST_NAME and _goes_on(tokens, index + length, words):
        length += 1
    while length > 1 and _joins_names(tokens[index + length - 1], words):
        length -= 1
    return length


def _goes_on(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    if index >= len(tokens):
        return False
    gap = tokens[index].start - tokens[index - 1].end
    hyphen = tokens[index].word == "-" and gap == 0
    part = could_be_name(tokens, index, words) or tokens[index].word in words.people.particles
    return hyphen or (part and gap <= 1)


def _joins_names(token: Token, words: WordList) -> bool:
    return token.word == "-" or token.word in words.people.particles


def _mentions(
    text: str, tokens: Sequence[Token], known: set[str], words: WordList
) -> list[Mention]:
    found, index = [], 0
    while index < len(tokens):
        token, length = tokens[index], 1
        if token.word in known and _is_name(tokens, index, words):
            length = name_length(tokens, index, words)
            end = tokens[index + length - 1].end
            subject = index + length < len(tokens) and _acts(tokens, index + length, words)
            name = text[token.start : end]
            found.append(Mention(token.start, end, name, token.word, subject, length))
        index += length
    return found


def _is_name(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    """Of a known name: “Will” and “May” count with a surname, “Will” within a sentence too."""
    token = tokens[index]
    if not token.capital and token.word.isascii():
        return False
    if could_be_name(tokens, index, words) or name_length(tokens, index, words) > 1:
        return True
    dated = token.word in words.dates.months or token.word in words.dates.weekdays
    return not dated and (index > 0 or not token.capital)


def _acts(tokens: Sequence[Token], index: int, words: WordList) -> bool:
    """Whether what follows a name is done by persons: “said”, “wants”, “will send”."""
    if words.people.after.at(tokens, index) or words.other.needs_of_person.at(tokens, index):
        return True
    length = words.promises.other.at(tokens, index)
    deed = index + length + words.promises.adverbs.at(tokens, index + length)
    return bool(length) and deed < len(tokens) and tokens[deed].word in words.promises.deeds


def _partner(tokens: Sequence[Token], known: set[str], words: WordList) -> str | None:
    found = words.people.partner.find(tokens, 0, len(tokens))
    if found is None or found[1] >= len(tokens):
        return None
    return tokens[found[1]].word if tokens[found[1]].word in known else None
