"""How often an interval holds what truly changed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, astuple, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.effect.worlds import ALL, START
from earnest.engine.effect.find import find_in
from earnest.engine.effect.words import Question

SEED: Final = 20_261_122  # of draws that nothing was settled on
PART: Final = 250  # draws of each world in one round
ASKED: Final = Question(START, "g0", level=0.9)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one world, summed over its draws."""

    world: str
    count: int = 0
    inside: int = 0
    below: int = 0  # the truth below the interval
    told: int = 0  # said to be enough
    widths: float = 0.0
    seconds: float = 0.0  # of a processor

    @property
    def held(self) -> float:
        return self.inside / self.count

    @property
    def width(self) -> float:
        return self.widths / self.count

    def and_also(self, other: Coverage) -> Coverage:
        """Of the draws of both."""
        both = zip(astuple(self)[1:], astuple(other)[1:], strict=True)
        return Coverage(self.world, *(one + more for one, more in both))

    def line(self) -> str:
        below, told, seconds = (one / self.count for one in (self.below, self.told, self.seconds))
        return (
            f"{self.world:<28}{self.count:>6} {100 * self.held:6.1f} %  width {self.width:6.2f}"
            f"  below {100 * below:4.1f} %  enough {100 * told:4.0f} %  {1000 * seconds:6.1f} ms"
        )


def cover(place: int, draws: range, seed: int = SEED) -> Coverage:
    """Some draws of one world, each by its number."""
    world = ALL[place]
    inside = below = enough = 0
    width, begun = 0.0, time.process_time()
    for one in draws:
        made = world.made(np.random.default_rng((seed, place, one)))
        found = find_in(made.table, ASKED)
        if found.low is None or found.high is None:
            raise AssertionError(f"{world.name}: nothing was said: {found.why_not}")
        inside += bool(found.low <= made.truth <= found.high)
        below += bool(made.truth < found.low)
        enough += found.enough
        width += found.high - found.low
    seconds = time.process_time() - begun
    return Coverage(world.name, len(draws), inside, below, enough, width, seconds)


def measure(
    count: int, kept: Path | None = None, *, processes: int = 2, places: Sequence[int] = ()
) -> list[Coverage]:
    """Each world, ``count`` times; what ``kept`` holds is gone on from, and it is kept there."""
    before = _read(kept)
    found = [
        before.get(ALL[one].name, Coverage(ALL[one].name)) for one in places or range(len(ALL))
    ]
    for more in _rounds(found, count, processes):
        found = more
        if kept:
            kept.write_text(json.dumps([asdict(one) for one in found]))
    return found


def _rounds(found: list[Coverage], count: int, processes: int) -> Iterator[list[Coverage]]:
    """A few draws of every world at a time, so that it may be ended at any moment."""
    names = [one.name for one in ALL]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        while any(one.count < count for one in found):
            places = [names.index(one.world) for one in found]
            draws = [range(one.count, min(one.count + PART, count)) for one in found]
            more = pool.map(cover, places, draws)
            found = [one.and_also(other) for one, other in zip(found, more, strict=True)]
            yield found


def _read(kept: Path | None) -> dict[str, Coverage]:
    if kept is None or not kept.exists():
        return {}
    return {one["world"]: Coverage(**one) for one in json.loads(kept.read_text())}
