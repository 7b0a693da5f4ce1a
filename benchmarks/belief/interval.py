"""Is the interval as wide as it says? Hidden chances are known where people are simulated.

For people of hidden states, at the end of their record: in what share does the chance that nobody
could see lie within the 80 % interval, by how much is known of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from benchmarks.belief.asked import Asking, Occasion
from benchmarks.belief.contest import draw
from benchmarks.belief.ours import record
from benchmarks.belief.populations import REPORTED, HiddenStates
from benchmarks.belief.rows import DID
from earnest.engine.belief import Event, Params, chance, fit, prior, take_in

SORT = "kept"
PEOPLE = 2_000
ROWS = ((1, 4), (5, 14), (15, 60))


@dataclass(frozen=True, slots=True)
class Told:
    """One simulated life: what the file would say, and the chance that nobody could see."""

    events: tuple[Event, ...]
    hidden: tuple[float, ...]


class Within(NamedTuple):
    """People with so many rows: how many, the share within, the mean width of the interval."""

    rows: tuple[int, int]
    people: int
    within: float
    width: float


def fitted() -> Params:
    """On 300 people of the contest."""
    return fit(record(draw("hidden states", 300, f"{REPORTED} fit 300 0"))).params


def lived_in_sight(life: HiddenStates, occasions: list[Occasion]) -> Told:
    events, hidden = [], []
    for at, kind, item in occasions:
        life.to(at)
        events.append(Event(at, kind, item, life.value(kind, item)))
        hidden.append(life.share(DID, SORT))
    return Told(tuple(events), tuple(hidden))


def intervals(params: Params) -> list[Within]:
    seed = Random(f"interval {REPORTED}")
    lives = [lived_in_sight(HiddenStates(seed), Asking().of(seed)) for _ in range(PEOPLE)]
    return [of_length(lives, rows, params) for rows in ROWS]


def of_length(lives: list[Told], rows: tuple[int, int], params: Params) -> Within:
    chosen = [one for one in lives if rows[0] <= len(one.events) <= rows[1]]
    found = [(at_the_end(one, params), one.hidden[-1]) for one in chosen]
    within = sum(low <= hidden <= high for (low, high), hidden in found)
    width = sum(high - low for (low, high), _ in found)
    return Within(rows, len(found), within / len(found), width / len(found))


def at_the_end(told: Told, params: Params) -> tuple[float, float]:
    state = prior(params)
    for event in told.events:
        state = take_in(state, event, params).state
    _, low, high = chance(state, SORT, told.events[-1].at, params)
    return low, high
