import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from earnest.engine.language import Found, WordList, read_notes

WORDS = Path(__file__).resolve().parents[3] / "listening/words/en.toml"
FRIDAY = date(2025, 12, 5)

Read = Callable[..., tuple[Found, ...]]


@pytest.fixture(scope="session")
def mapping() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text())


@pytest.fixture(scope="session")
def words(mapping: dict[str, Any]) -> WordList:
    return WordList.from_mapping(mapping)


@pytest.fixture(scope="session")
def read(words: WordList) -> Read:
    """Read a note written on Friday 5 December 2025."""

    def reading(text: str, **given: Any) -> tuple[Found, ...]:
        return read_notes(text, words=words, **{"written_on": FRIDAY, **given})

    return reading
