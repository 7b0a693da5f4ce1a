"""Hints for what is about to be sent (4.1): the rules, a language a file, and reading them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from earnest.engine.language import Hint, Wording, hints_for

LONGEST = 20_000  # longer than anything that is sent


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint as it is shown: with which of the same words in the field it is about."""

    hint: Hint
    which: int


@cache
def wording_of(language: str) -> Wording | None:
    """The rules for a language, also where it is spoken differently; None where none are."""
    for name in (language, language.partition("-")[0]):
        file = resources.files("earnest.core.wording") / f"{name}.toml"
        if name.replace("-", "").isalpha() and file.is_file():
            return Wording.from_mapping(tomllib.loads(file.read_text(encoding="utf-8")))
    return None


def hints_in(text: str, language: str) -> list[Shown]:
    """What in the text may press, with a kinder wording; nothing for a language without rules."""
    wording = wording_of(language.lower())
    if wording is None:
        return []
    words = text[:LONGEST].replace("\r\n", "\n")
    return [Shown(one, words[: one.start].count(one.said)) for one in hints_for(words, wording)]
