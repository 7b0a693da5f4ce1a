"""Rows → the series that are compared: one value a period for the treated group and each comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.effect.shapes import Reading

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

WIDTHS: Final = (1, 7, 30)  # days of a period, the finest tried first
LEAST_PERIODS: Final = 3  # on each side, where days are taken together
ALSO_READ: Final = 0.8  # of the treated group's periods, for a group to be a comparison


@dataclass(frozen=True, slots=True)
class Table:
    """Readings as columns; ``of`` is None unless they are shares, in percent."""

    groups: list[str]
    group: Ints  # (rows,) which of them
    day: Ints  # (rows,) as date.toordinal
    value: Floats  # (rows,)
    of: Floats | None = None  # (rows,)

    def only(self, kept: NDArray[np.bool_]) -> Table:
        of = None if self.of is None else self.of[kept]
        return Table(self.groups, self.group[kept], self.day[kept], self.value[kept], of)


@dataclass(frozen=True, slots=True)
class Series:
    """One value a period, in the order of time. Row 0 is the treated group, the others are compared."""

    day: Floats  # (periods,) the middle of each, as a day's number
    after: NDArray[np.bool_]  # (periods,)
    value: Floats  # (groups, periods)
    of: Floats | None  # (groups, periods)
    names: tuple[str, ...]  # of the groups compared with

    def only(self, kept: NDArray[np.bool_]) -> Series:
        of = None if self.of is None else self.of[:, kept]
        return Series(self.day[kept], self.after[kept], self.value[:, kept], of, self.names)

    @property
    def before_count(self) -> int:
        return int((~self.after).sum())

    @property
    def after_count(self) -> int:
        return int(self.after.sum())


def table_of(readings: Sequence[Reading]) -> Table:
    groups: dict[str, int] = {}
    group = [groups.setdefault(one.group, len(groups)) for one in readings]
    of = [float(one.of) for one in readings if one.of is not None]
    return Table(
        list(groups),
        np.array(group, np.int64),
        np.array([one.at.toordinal() for one in readings], np.int64),
        np.array([one.value for one in readings], float),
        np.array(of) if of else None,
    )


def series_of(table: Table, start: date, treated: str) -> Series:
    """The treated group's periods, and the groups that were read in most of them.

    Groups read on other days are compared over weeks or months that begin with the start, the finest in
    which there is a comparison. A period that one of those compared misses is left out.
    """
    code, began = table.groups.index(treated), start.toordinal()
    own = table.group == code
    others = len(table.groups) > 1 and not own.all()
    if others:
        for width in WIDTHS:
            period = (table.day - began) // width
            wanted = np.unique(period[own])
            compared = _compared(table, period, wanted, code)
            if len(compared) and (width == 1 or _enough(wanted)):
                codes = [code, *_read_together(table, period, wanted, compared.tolist())]
                return _grid(table, period, wanted, codes, scale=(began, width))
    alone = table.only(own)
    period = alone.day - began
    return _grid(alone, period, np.unique(period), [code], scale=(began, 1))


def _enough(periods: Ints) -> bool:
    """Whether weeks or months leave enough of them on each side."""
    return min(int((periods < 0).sum()), int((periods >= 0).sum())) >= LEAST_PERIODS


def _compared(table: Table, period: Ints, wanted: Ints, code: int) -> Ints:
    """The other groups read in most of the wanted periods, on both sides of the start."""
    seen = np.isin(period, wanted) & (table.group != code)
    pairs = np.unique(np.stack([table.group[seen], period[seen]]), axis=1)
    found = np.ones(len(table.groups), bool)
    for side in (wanted < 0, wanted >= 0):
        there = pairs[0][np.isin(pairs[1], wanted[side])]
        count = np.bincount(there, minlength=len(found))
        found &= count >= max(1.0, ALSO_READ * side.sum())
    found[code] = False
    return np.flatnonzero(found)


def _read_together(table: Table, period: Ints, wanted: Ints, compared: list[int]) -> list[int]:
    """Those compared, less who misses most, until enough periods of each side were read in all of them."""
    read = {one: np.isin(wanted, period[table.group == one]) for one in compared}  # (wanted,)
    sides = [side for side in (wanted < 0, wanted >= 0) if side.any()]
    left = sorted(compared, key=lambda one: (-int(read[one].sum()), one))
    while len(left) > 1:
        common = np.logical_and.reduce([read[one] for one in left])
        if all((common & one).sum() >= min(LEAST_PERIODS, one.sum()) for one in sides):
            break
        left.pop()
    return sorted(left)


def _grid(
    table: Table, period: Ints, wanted: Ints, codes: list[int], *, scale: tuple[int, int]
) -> Series:
    """(groups, periods), over the periods in which all of them were read; ``scale`` is day 0 and their width."""
    place = np.full(len(table.groups), -1)
    place[codes] = np.arange(len(codes))
    kept = (place[table.group] >= 0) & np.isin(period, wanted)
    row, column = place[table.group[kept]], np.searchsorted(wanted, period[kept])
    cell, shape = row * len(wanted) + column, (len(codes), len(wanted))
    size = shape[0] * shape[1]
    weight = np.ones(int(kept.sum())) if table.of is None else table.of[kept]
    count: Floats = np.bincount(cell, weight, size).reshape(shape)
    total = np.bincount(cell, weight * table.value[kept], size).reshape(shape)
    whole = (count > 0).all(axis=0)
    count, value = count[:, whole], total[:, whole] / count[:, whole]
    began, width = scale
    day = np.asarray(began + wanted[whole] * width + (width - 1) / 2, np.float64)
    names = tuple(table.groups[one] for one in codes[1:])
    of = None if table.of is None else count
    return Series(day, wanted[whole] >= 0, value, of, names)
