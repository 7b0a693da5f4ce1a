"""The words of one language, checked once and passed in by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Self

from earnest.engine.language.tokens import Phrases, words_of

UNITS = ("day", "week", "month", "quarter", "year")
SLASHES = ("day first", "month first", "unsure")


class BadWordList(ValueError):
    """A word list that cannot be used; the message names the section and the key."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One sensitive matter: phrases that touch it, and phrases around them that do not."""

    name: str
    words: Phrases
    unless: Phrases


@dataclass(frozen=True, slots=True)
class DateWords:
    weekdays: frozenset[str]
    months: frozenset[str]
    spelled: Mapping[str, str]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    feasts: Mapping[str, str]
    near: Phrases
    today: Phrases
    by: Phrases
    before: Phrases
    on: Phrases
    within: Phrases
    from_now: Phrases
    next: Phrases
    this: Phrases
    end_of: Phrases
    of: frozenset[str]
    the: frozenset[str]
    ordinals: frozenset[str]
    parts_of_day: Phrases
    not_due: frozenset[str]
    slashes: str


@dataclass(frozen=True, slots=True)
class PeopleWords:
    i: frozenset[str]
    we: frozenset[str]
    she: frozenset[str]
    he: frozenset[str]
    they: frozenset[str]
    subjects: frozenset[str]
    other_subjects: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    before: Phrases
    after: Phrases
    not_after: frozenset[str]
    partner: Phrases


@dataclass(frozen=True, slots=True)
class PromiseWords:
    first: Phrases
    first_if_firm: Phrases
    makes_firm: Phrases
    first_reported: Phrases
    first_gave: Phrases
    bare: Phrases
    other: Phrases
    other_reported: Phrases
    gave: Phrases
    adverbs: Phrases
    not_: frozenset[str]
    but_deeds: Phrases
    not_deeds: Phrases
    deeds: frozenset[str]
    unsure: Phrases
    reports: frozenset[str]
    stops: Phrases
    joins: frozenset[str]
    conditions: Phrases
    enquiring: frozenset[str]
    tells: frozenset[str]
    asks_another: frozenset[str]
    standing: Phrases


@dataclass(frozen=True, slots=True)
class OtherWords:
    needs: Phrases
    needs_of_person: Phrases
    no_needs: Phrases
    has: frozenset[str]
    scarce: frozenset[str]
    asked: Phrases
    asks: Phrases
    you: frozenset[str]
    refer: Phrases
    refer_lead: Phrases
    did_this: Phrases
    saying: frozenset[str]
    wrote: frozenset[str]
    abbreviations: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordList:
    """All the words the rules of this package use, for one language."""

    language: str
    dates: DateWords
    people: PeopleWords
    promises: PromiseWords
    other: OtherWords
    sensitive: tuple[Topic, ...]

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Check a parsed word file (see `listening/words/en.toml`) and freeze it.

        Raises BadWordList for a missing or unknown key and for a value of the wrong kind.
        """
        names = {field.name for field in fields(cls)}
        if set(mapping) != names:
            raise BadWordList(f"sections differ: {sorted(names ^ set(mapping))}")
        if not isinstance(mapping["language"], str):
            raise BadWordList("language: a code such as “en” is needed")
        return cls(
            language=mapping["language"],
            dates=_dates(mapping["dates"]),
            people=PeopleWords(**_section(PeopleWords, "people", mapping["people"])),
            promises=PromiseWords(**_section(PromiseWords, "promises", mapping["promises"])),
            other=OtherWords(**_section(OtherWords, "other", mapping["other"])),
            sensitive=_topics(mapping["sensitive"]),
        )


def _dates(section: Any) -> DateWords:
    read = DateWords(**_section(DateWords, "dates", section))
    _within("units", read.units.values(), UNITS)
    _within("slashes", [read.slashes], SLASHES)
    return read


def _within(key: str, values: Any, allowed: Any) -> None:
    for value in values:
        if value not in allowed:
            raise BadWordList(f"dates.{key}: {value!r} is not possible")


def _topics(section: Any) -> tuple[Topic, ...]:
    return tuple(
        _topic(name, _of(f"sensitive.{name}", topic, Mapping))
        for name, topic in _of("sensitive", section, Mapping).items()
    )


def _topic(name: str, topic: Mapping[str, Any]) -> Topic:
    return Topic(**_section(Topic, f"sensitive.{name}", {**topic, "name": name}))


def _section(kind: Any, name: str, section: Any) -> dict[str, Any]:
    kinds = {field.name: field.type for field in fields(kind)}
    given = _of(name, section, Mapping)
    if set(given) != set(kinds):
        raise BadWordList(f"{name}: keys differ: {sorted(set(kinds) ^ set(given))}")
    return {key: _value(f"{name}.{key}", kinds[key], value) for key, value in given.items()}


def _value(place: str, kind: Any, value: Any) -> Any:
    if kind is str:
        return _of(place, value, str)
    if kind in (Phrases, frozenset[str]):
        words = [_of(place, word, str) for word in _of(place, value, list)]
        return Phrases.of(words) if kind is Phrases else frozenset(map(_norm, words))
    wanted = int if kind == Mapping[str, int] else str
    table = _of(place, value, Mapping)
    return MappingProxyType({_norm(key): _of(place, table[key], wanted) for key in table})


def _of(place: str, value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadWordList(f"{place}: {value!r} is not a {kind.__name__}")
    return value


def _norm(word: str) -> str:
    return " ".join(words_of(word))
