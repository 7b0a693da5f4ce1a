"""Whose words they are is known in every script."""

import re

import pytest

from earnest.engine.language.repeats import bounded, is_enough


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        ("too many forms", True),
        ("too many", False),
        ("表格实在太多了", True),
        ("太多", False),
        ("เราไม่มีเวลา", True),
        ("시간이 정말 없어요", True),
        ("시간이 없어요", False),
        ("用 Excel 更快一些", True),
        ("", False),
    ],
)
def test_three_words_are_somebodys_own_in_letters_where_no_spaces_are(
    words: str, enough: bool
) -> None:
    assert is_enough(words) is enough


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("forms", "too many forms.", True),
        ("form", "too many forms.", False),
        ("表格实在太多了", "她说表格实在太多了所以不填", True),
        ("太多了 forms", "表格太多了 forms", True),
        ("太多了 form", "表格太多了 forms", False),
    ],
)
def test_no_part_of_a_longer_word_is_taken_for_the_word(words: str, text: str, found: bool) -> None:
    assert bool(re.search(bounded(re.escape(words), words), text)) is found
