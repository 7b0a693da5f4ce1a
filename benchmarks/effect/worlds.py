"""Worlds whose truth is known: what is read of them, and what truly changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.effect.series import Table

type Floats = NDArray[np.float64]
type Chance = np.random.Generator

START: Final = date(2026, 3, 2)  # a Monday


@dataclass(frozen=True, slots=True)
class Told:
    """What was read, and by how much it truly changed."""

    table: Table
    truth: float


@dataclass(frozen=True, slots=True)
class World:
    """A way readings come about."""

    name: str
    what: str
    made: Callable[[Chance], Told]


def days(before: int, after: int, step: int) -> NDArray[np.int64]:
    return START.toordinal() + step * np.arange(-before, after)


def table(day: NDArray[np.int64], rows: list[Floats], of: list[Floats] | None = None) -> Table:
    """Row 0 is the treated group."""
    count = len(rows)
    return Table(
        [f"g{one}" for one in range(count)],
        np.repeat(np.arange(count), len(day)),
        np.tile(day, count),
        np.concatenate(rows),
        None if of is None else np.concatenate(of),
    )


# --- shares -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """Cases counted each week; ``alike`` is the correlation of cases of one week."""

    before: int
    after: int
    cases: tuple[int, int]
    alike: float = 0.0
    groups: int = 1

    def __call__(self, chance: Chance) -> Told:
        day = days(self.before, self.after, 7)
        rows, sizes, changes = [], [], []
        for _ in range(self.groups):
            truth = chance.uniform(0.1, 0.9, 2)
            share = np.repeat(truth, (self.before, self.after))
            if self.alike:
                among = 1 / self.alike - 1
                share = chance.beta(share * among, (1 - share) * among)
            of = chance.integers(*self.cases, len(day), endpoint=True).astype(float)
            rows.append(100 * chance.binomial(of.astype(int), share) / of)
            sizes.append(of)
            changes.append(100 * (truth[1] - truth[0]))
        others = float(np.mean(changes[1:])) if len(changes) > 1 else 0.0
        return Told(table(day, rows, sizes), changes[0] - others)


@dataclass(frozen=True, slots=True)
class Beside:
    """A share of a pilot's few cases, beside groups of many; each moves a little by itself."""

    before: int
    after: int
    cases: tuple[int, int]
    others: tuple[int, int]
    groups: int
    moves: float = 0.02  # spread of what each group does by itself, as a share of 1

    def __call__(self, chance: Chance) -> Told:
        day = days(self.before, self.after, 7)
        common, change = chance.normal(0, 0.04), chance.uniform(-0.15, 0.15)
        rows, sizes = [], []
        for group in range(self.groups):
            first = chance.uniform(0.25, 0.75)
            moved = common + self.moves * chance.normal() + (0 if group else change)
            share = np.clip(np.repeat([first, first + moved], (self.before, self.after)), 0, 1)
            most = self.others if group else self.cases
            of = chance.integers(*most, len(day), endpoint=True).astype(float)
            rows.append(100 * chance.binomial(of.astype(int), share) / of)
            sizes.append(of)
        return Told(table(day, rows, sizes), 100 * change)


# --- values -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """Values with ties from reading to reading, a trend and seasons; groups share their shocks."""

    before: int
    after: int
    step: int = 7
    tie: float = 0.0
    ratio: float = 1.0  # of the spread after over that before
    trend: float = 0.0  # usual spreads over the whole time
    seasonal: float = 0.0
    groups: int = 1
    shocks: float = 0.0  # that all groups share
    moves: float = 0.0  # of each group by itself, from before to after

    def __call__(self, chance: Chance) -> Told:
        day = days(self.before, self.after, self.step)
        after = np.arange(len(day)) >= self.before
        change = chance.normal(0, 2)
        common = self.shocks * chance.normal(size=len(day)) + self._course(day, chance)
        rows = []
        for group in range(self.groups):
            error = tied(len(day), self.tie, chance)
            error[after] *= self.ratio
            moved = self.moves * chance.normal() * after
            rows.append(50 + common + error + moved + (change * after if not group else 0))
        return Told(table(day, rows), float(change))

    def _course(self, day: NDArray[np.int64], chance: Chance) -> Floats:
        along = (day - day[0]) / (day[-1] - day[0])
        course = self.trend * chance.normal() * along
        if not self.seasonal:
            return np.asarray(course)
        dates = [date.fromordinal(int(one)) for one in day]
        if self.step == 1:
            course = (
                course + self.seasonal * chance.normal(size=7)[[one.weekday() for one in dates]]
            )
        else:
            course = (
                course + self.seasonal * chance.normal(size=12)[[one.month - 1 for one in dates]]
            )
        return np.asarray(course)


def tied(count: int, tie: float, chance: Chance) -> Floats:
    """AR(1) of spread 1, begun from its own stationary state."""
    new = chance.normal(size=count)
    found = np.empty(count)
    found[0] = new[0]
    for place in range(1, count):
        found[place] = tie * found[place - 1] + np.sqrt(1 - tie**2) * new[place]
    return found


WORLDS: Final = (
    World(
        "counts alone", "one share before, one after, 40–200 cases each", Counted(1, 1, (40, 200))
    ),
    World("small counts alone", "the same of 10–30 cases", Counted(1, 1, (10, 30))),
    World("shares", "8 weeks and 6, 15–30 cases", Counted(8, 6, (15, 30))),
    World("shares, comparison", "6 weeks and 6, 20–50 cases", Counted(6, 6, (20, 50), groups=2)),
    World(
        "shares, three comparisons", "6 weeks and 6, 20–50 cases", Counted(6, 6, (20, 50), groups=4)
    ),
    World(
        "overdispersed",
        "8 weeks and 6, cases of a week alike by .05",
        Counted(8, 6, (15, 40), 0.05),
    ),
    World(
        "more overdispersed", "8 and 6, 40–120 cases, alike by .1", Counted(8, 6, (40, 120), 0.1)
    ),
    World(
        "overdispersed, comparison",
        "6 weeks and 6, 20–60 cases, alike by .08",
        Counted(6, 6, (20, 60), 0.08, groups=2),
    ),
    World(
        "overdispersed, long",
        "30 and 20, 20–80 cases, alike by .05",
        Counted(30, 20, (20, 80), 0.05),
    ),
    World("few readings", "4 weeks and 4", Measured(4, 4)),
    World("few readings, comparison", "4 weeks and 4", Measured(4, 4, groups=2, shocks=2)),
    World("weeks", "12 weeks and 8", Measured(12, 8)),
    World(
        "comparison", "12 weeks and 8, shocks that both share", Measured(12, 8, groups=2, shocks=2)
    ),
    World(
        "comparison, weak ties", "16 and 12, AR .3", Measured(16, 12, tie=0.3, groups=2, shocks=2)
    ),
    World(
        "comparison, strong ties", "40 and 30, AR .8", Measured(40, 30, tie=0.8, groups=2, shocks=1)
    ),
    World("three comparisons", "10 weeks and 8", Measured(10, 8, groups=4, shocks=2)),
    World(
        "many comparisons",
        "10 weeks and 8, 12 others, groups move by themselves, AR .5",
        Measured(10, 8, tie=0.5, groups=13, shocks=2, moves=1),
    ),
    World("more spread since", "8 weeks and 8, three times the spread", Measured(8, 8, ratio=3)),
    World(
        "less spread since", "16 weeks and 10, a third of the spread", Measured(16, 10, ratio=1 / 3)
    ),
    World("trend", "40 weeks and 20, a trend", Measured(40, 20, trend=3)),
    World(
        "weekdays", "56 days and 35, a trend, weekdays", Measured(56, 35, 1, trend=2, seasonal=2)
    ),
    World("months", "104 weeks and 26, a trend, months", Measured(104, 26, trend=2, seasonal=2)),
    World("weak ties", "60 weeks and 30, a trend, AR .3", Measured(60, 30, tie=0.3, trend=2)),
    World("ties", "60 weeks and 30, a trend, AR .6", Measured(60, 30, tie=0.6, trend=2)),
    World("strong ties", "60 weeks and 30, a trend, AR .8", Measured(60, 30, tie=0.8, trend=2)),
    World(
        "strong ties, weekdays",
        "84 days and 56, a trend, weekdays, AR .7",
        Measured(84, 56, 1, tie=0.7, trend=2, seasonal=2),
    ),
    World("weak ties, short", "16 weeks and 10, AR .3", Measured(16, 10, tie=0.3)),
    World("trend, early", "30 weeks and 5, a trend", Measured(30, 5, trend=3)),
    World(
        "trend, early, ties", "40 weeks and 7, a trend, AR .5", Measured(40, 7, tie=0.5, trend=3)
    ),
    World(
        "shares, few among many",
        "4 weeks and 4, 3–8 cases, beside 6 groups of 200–400, groups move by themselves",
        Beside(4, 4, (3, 8), (200, 400), groups=7),
    ),
    World(
        "shares, some among many",
        "6 weeks and 6, 20–50 cases, beside 8 groups of 100–200, groups move by themselves",
        Beside(6, 6, (20, 50), (100, 200), groups=9),
    ),
    World(
        "shares, alike among many",
        "6 weeks and 6, 100–200 cases, beside 8 such groups, groups move by themselves",
        Beside(6, 6, (100, 200), (100, 200), groups=9),
    ),
)

# What the interval is not asked to hold, for what docs/effect.md says of where it is weaker.
WEAKER: Final = (
    World("two weeks of shares", "2 weeks and 2, 30–80 cases", Counted(2, 2, (30, 80))),
    World("ties, few readings", "8 weeks and 8, AR .5", Measured(8, 8, tie=0.5)),
    World("strong ties, short", "24 and 12, a trend, AR .8", Measured(24, 12, tie=0.8, trend=2)),
    World(
        "comparison, groups move",
        "10 weeks and 8, groups move by themselves by one spread",
        Measured(10, 8, groups=2, shocks=2, moves=1),
    ),
    World(
        "three comparisons, groups move",
        "the same with 3 others",
        Measured(10, 8, groups=4, shocks=2, moves=1),
    ),
    World(
        "five comparisons, groups move",
        "the same with 5 others",
        Measured(10, 8, groups=6, shocks=2, moves=1),
    ),
)
ALL: Final = (*WORLDS, *WEAKER)
