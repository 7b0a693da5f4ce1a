"""How often an interval holds what truly changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from benchmarks.effect.worlds import START, WORLDS, World
from earnest.engine.effect.find import find_in
from earnest.engine.effect.words import Question

PART = 250  # simulations one process does at a time
ASKED = Question(START, "g0", level=0.9)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one world."""

    world: str
    count: int
    held: float
    width: float
    low_side: float  # the truth below the interval
    enough: float
    seconds: float  # each, of a processor

    def line(self) -> str:
        return (
            f"{self.world:<28}{self.count:>6} {100 * self.held:6.1f} %  width {self.width:6.2f}"
            f"  below {100 * self.low_side:4.1f} %  enough {100 * self.enough:4.0f} %"
            f"  {1000 * self.seconds:6.1f} ms"
        )


def cover(place: int, count: int, seed: int) -> tuple[int, int, float, int, float]:
    """Held, below, widths, enough and processor seconds of some simulations of one world."""
    world = WORLDS[place]
    held = below = enough = 0
    width, begun = 0.0, time.process_time()
    for one in range(count):
        told = world.made(np.random.default_rng((seed, place, one)))
        found = find_in(told.table, ASKED)
        if found.low is None or found.high is None:
            raise AssertionError(f"{world.name}: nothing was said: {found.why_not}")
        held += found.low <= told.truth <= found.high
        below += told.truth < found.low
        enough += found.enough
        width += found.high - found.low
    return held, below, width, enough, time.process_time() - begun


def measure(
    count: int, *, worlds: Sequence[World] = WORLDS, seed: int = 1, processes: int = 2
) -> list[Coverage]:
    """Each world, ``count`` times."""
    parts = [
        (WORLDS.index(world), min(PART, count - done), seed + done)
        for world in worlds
        for done in range(0, count, PART)
    ]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(cover, *zip(*parts, strict=True)))
    found = []
    for world in worlds:
        own = [one for one, part in zip(done, parts, strict=True) if WORLDS[part[0]] is world]
        held, below, width, enough, seconds = (sum(row) / count for row in zip(*own, strict=True))
        found.append(Coverage(world.name, count, held, width, below, enough, seconds))
    return found
