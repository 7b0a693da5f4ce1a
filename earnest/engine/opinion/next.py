"""Which statement to show next: in proportion to a weight, not by rank, so that nothing is shut out.

Plain Python: a voter waits for it. The weight is Polis' comment priority (Small and others 2021,
*Polis: scaling deliberation by mapping high dimensional opinion spaces*), times how fresh it is:

    w = ((1 − P(pass)) · P(agree) · (1 + e) · (1 + 8 · 2^(−seen / 5)))² · (1 + 2^(−days / 2))

with P(pass) = (passed + 1)/(seen + 2), P(agree) likewise, and e how strongly the statement separates,
which ``maps.separates_on`` gives for every statement of a map.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

FRESH: Final = 8.0  # how much more a statement nobody saw asks to be shown
FADES: Final = 5.0  # votes in which that halves
NEW: Final = 2.0  # days in which being new halves


class Shown(NamedTuple):
    """What is known of one statement: votes on it; ``separates`` ≥ 0, its extremity on the map (0 before
    there is one); ``days`` since it was made."""

    agree: int
    disagree: int
    passed: int
    separates: float = 0.0
    days: float = math.inf


def weight(shown: Shown) -> float:
    """How much the statement asks to be shown, > 0."""
    new: float = 2.0 ** (-max(shown.days, 0.0) / NEW)
    return priority(shown) * (1.0 + new)


def priority(shown: Shown) -> float:
    """Polis' own comment priority, as in its ``conversation.clj``; its own meta statements have 49."""
    seen = shown.agree + shown.disagree + shown.passed
    passes, agrees = (shown.passed + 1) / (seen + 2), (shown.agree + 1) / (seen + 2)
    importance = (1.0 - passes) * (shown.separates + 1.0) * agrees
    return float((importance * (1.0 + FRESH * 2.0 ** (-seen / FADES))) ** 2)


def next_statement(weights: Sequence[float], draw: float) -> int | None:
    """The place of the statement to show among those this voter has not seen; None where there is none.

    ``draw`` is a random number in [0, 1). Weights that are not finite and above 0 count as the least of
    the others, so that nothing is ever shut out.
    """
    if not weights:
        return None
    sound = [one for one in weights if 0.0 < one < math.inf]
    least, most = min(sound, default=1.0), max(sound, default=1.0)
    parts = [(one if 0.0 < one < math.inf else least) / most for one in weights]
    upto = list(accumulate(parts))
    return min(bisect_right(upto, draw * upto[-1]), len(weights) - 1)
