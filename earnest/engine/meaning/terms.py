"""What a text is made of: its words, and the runs of letters in them, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# A mark that rides on a letter belongs to the word: many scripts write their vowels so.
WORD = re.compile(r"[^\W_]+(?:['’\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0900-\u0dff]+[^\W_]*)*")
SHORTEST, LONGEST = 3, 5  # letters in a run, the borders of the word among them
MOST_LETTERS = 60  # of a word; what is longer is an address or no word at all


def words_in(text: str) -> list[str]:
    """The words in order, folded so that the same word is the same string."""
    return [word[:MOST_LETTERS] for word in WORD.findall(folded(text))]


def folded(text: str) -> str:
    """As it is compared: Unicode's compatible form (NFKC), then without upper case, in any script."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs_in(words: list[str]) -> Counter[str]:
    """Runs of letters inside the words: what “scheduling” and “schedules” share.

    Where a script puts no space between words, these are what is compared.
    """
    found: Counter[str] = Counter()
    for word in words:
        bordered = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(len(bordered) - length + 1):
                found[bordered[start : start + length]] += 1
    return found
