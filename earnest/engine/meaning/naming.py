"""A name for a group, suggested: the words of its own that set it apart. People decide."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

from earnest.engine.meaning.terms import words_in

MOST_WORDS, LONGEST = 3, 120
SMALL = 2  # letters of a word in the Latin alphabet that says nothing


def suggest(
    groups: Sequence[Sequence[str]], *, small_words: Collection[str] = ()
) -> tuple[str, ...]:
    """For each group of texts up to three words, the most telling first.

    A word tells where more texts of the group hold it than of the others (log-odds with a prior,
    Monroe et al. 2008), and where at least two of them do. ``small_words`` tell nothing.
    """
    held = [Counter(word for text in texts for word in set(words_in(text))) for texts in groups]
    everywhere = sum(held, Counter[str]())
    sizes = [len(texts) for texts in groups]
    return tuple(
        _name(one, size, everywhere=everywhere, texts=sum(sizes), small=frozenset(small_words))
        for one, size in zip(held, sizes, strict=True)
    )


def _name(
    here: Counter[str], size: int, *, everywhere: Counter[str], texts: int, small: frozenset[str]
) -> str:
    least = 2 if size > 1 else 1

    def tells(word: str) -> float:
        inside, outside = here[word], everywhere[word] - here[word]
        odds = math.log((inside + 0.5) / (size - inside + 0.5))
        beside = math.log((outside + 0.5) / (texts - size - outside + 0.5))
        return (odds - beside) * math.sqrt(inside)

    shared = [word for word, count in here.items() if count >= least and word not in small]
    telling = [word for word in shared if len(word) > SMALL or not word.isascii()]
    best = sorted(telling, key=lambda one: (-tells(one), one))
    return ", ".join(best[:MOST_WORDS])[:LONGEST]
