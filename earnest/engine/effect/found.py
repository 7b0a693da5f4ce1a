"""What each way to compare hands back, before it becomes words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

LEAST_READINGS: Final = 3  # on each side, for values
LEAST_CASES: Final = 10  # on each side, for shares


@dataclass(frozen=True, slots=True)
class Means:
    """Before and after, of the treated group and of what it is compared with."""

    before: float
    after: float
    comparison_before: float | None = None
    comparison_after: float | None = None

    @property
    def change(self) -> float:
        own = self.after - self.before
        if self.comparison_before is None or self.comparison_after is None:
            return own
        return own - (self.comparison_after - self.comparison_before)


@dataclass(frozen=True, slots=True)
class Found:
    """An estimate with its interval, how it was found, and what keeps it from saying enough."""

    means: Means
    estimate: float
    low: float | None
    high: float | None
    method: str
    too_few: str = ""
    expected: float | None = None


def means_of(value: Floats, after: NDArray[np.bool_], weight: Floats) -> Means:
    """Of (groups, periods); row 0 is the treated group, the others count alike."""
    sides = [
        (value[:, side] * weight[:, side]).sum(axis=1) / weight[:, side].sum(axis=1)
        for side in (~after, after)
    ]
    if len(value) == 1:
        return Means(float(sides[0][0]), float(sides[1][0]))
    return Means(
        float(sides[0][0]),
        float(sides[1][0]),
        float(sides[0][1:].mean()),
        float(sides[1][1:].mean()),
    )
