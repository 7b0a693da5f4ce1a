from copy import deepcopy
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from earnest.engine.language import BadWordList, WordList


def test_the_english_list_is_valid_and_frozen(words: WordList) -> None:
    assert words.language == "en"
    with pytest.raises(FrozenInstanceError):
        words.language = "de"  # type: ignore[misc]
    with pytest.raises(TypeError):
        words.dates.numbers["two"] = 3  # type: ignore[index]


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("dates", "weekdays", {"monday": 0}),
        ("dates", "months", ["january", 2]),
        ("dates", "numbers", {"two": "2"}),
        ("dates", "units", {"week": "fortnight"}),
        ("dates", "feasts", {"christmas": 25}),
        ("dates", "slashes", "sometimes"),
        ("promises", "first", "i'll"),
        ("promises", "first", ["i'll", 3]),
        ("people", "i", None),
        ("sensitive", "health", ["sick"]),
    ],
)
def test_a_wrong_value_is_refused(
    mapping: dict[str, Any], section: str, key: str, value: object
) -> None:
    wrong = deepcopy(mapping)
    wrong[section][key] = value
    with pytest.raises(BadWordList, match=key):
        WordList.from_mapping(wrong)


@pytest.mark.parametrize("section", ["dates", "people", "promises", "other"])
def test_a_missing_or_unknown_key_is_refused(mapping: dict[str, Any], section: str) -> None:
    missing, unknown = deepcopy(mapping), deepcopy(mapping)
    missing[section].popitem()
    unknown[section]["extra"] = []
    for wrong in (missing, unknown, {**mapping, section: []}):
        with pytest.raises(BadWordList, match=section):
            WordList.from_mapping(wrong)


def test_a_missing_section_is_refused(mapping: dict[str, Any]) -> None:
    with pytest.raises(BadWordList, match="people"):
        WordList.from_mapping({key: mapping[key] for key in mapping if key != "people"})
