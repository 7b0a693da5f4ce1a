"""Knowing somebody's words again: when they are enough to be theirs, and where they begin and end.

Scripts that put no spaces between words (Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese) are
counted by their letters, two to a word, and their words may begin and end beside any letter.
"""

import re
from typing import Final

FEW_WORDS: Final = 3  # fewer say too little to be anybody's own
LETTERS_A_WORD: Final = 2
UNSPACED: Final = (
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = re.compile(f"[{UNSPACED}]")


def is_enough(words: str) -> bool:
    """Whether these are so many words that who repeats them repeats this person."""
    letters = len(_LETTER.findall(words))
    spaced = len(_LETTER.sub(" ", words).split())
    return spaced + letters // LETTERS_A_WORD >= FEW_WORDS


def bounded(pattern: str, words: str) -> str:
    """The pattern for these words, so that it matches no part of a longer word."""
    before = "" if _LETTER.match(words[:1]) else r"(?<!\w)"
    after = "" if _LETTER.match(words[-1:]) else r"(?!\w)"
    return f"{before}{pattern}{after}"
