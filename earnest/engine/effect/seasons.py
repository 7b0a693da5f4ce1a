"""Seasons that come again: days of the week and months, where the readings show them."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

OFTEN: Final = 3  # readings of a weekday before the start
YEARS: Final = 2  # in which a month was read before the start
DIFFERENT: Final = 3  # weekdays or months, for there to be a season at all


def seasons_of(day: Floats, after: NDArray[np.bool_]) -> tuple[list[str], list[Floats]]:
    """Their names, and a column for each weekday and month but one, less its mean."""
    days = [date.fromordinal(int(one)) for one in day]
    names: list[str] = []
    columns: list[Floats] = []
    weekday = np.array([one.weekday() for one in days])
    if np.median(np.diff(day)) <= 2 and _known(weekday, weekday, after, OFTEN):
        names.append("weekdays")
        columns += _each(weekday)
    month = np.array([one.month for one in days])
    years = np.array([12 * one.year + one.month for one in days])
    if _known(month, years, after, YEARS):
        names.append("months")
        columns += _each(month)
    return (names, columns) if len(columns) + 8 < len(day) else ([], [])


def _known(
    season: NDArray[np.int64], once: NDArray[np.int64], after: NDArray[np.bool_], least: int
) -> bool:
    """Whether each season that came since was seen often enough before."""
    kinds = np.unique(season)
    if len(kinds) < DIFFERENT:
        return False
    before = ~after
    for one in kinds:
        here = season == one
        seen = once[here & before]
        count = len(seen) if once is season else len(np.unique(seen))
        if count < least:
            return False
    return True


def _each(season: NDArray[np.int64]) -> list[Floats]:
    kinds = np.unique(season)
    return [(season == one) - (season == one).mean() for one in kinds[1:]]
