"""Every forecaster, on every population, fitted on 30, 300 and 3,000 people; tested on others."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from benchmarks.belief import populations
from benchmarks.belief.kept_back import KEPT_BACK
from benchmarks.belief.ours import engine
from benchmarks.belief.peers import PEERS, Train, deeds
from benchmarks.belief.rows import Floats, Rows
from benchmarks.belief.scores import Scores, bins, difference, losses, scores

ENGINE = "the engine"
DIGITS = 9  # equal chances are equal: no last digit may tell the done from the missed
FORECASTERS: dict[str, Train] = {ENGINE: engine, **PEERS}


class Size(NamedTuple):
    """How large a contest is."""

    tested_on: int
    draws: dict[int, int]  # people to fit on → how often drawn anew
    seed: int


WHOLE = Size(populations.TESTED_ON, populations.DRAWS, populations.REPORTED)
QUICK = Size(1_000, {30: 2, 300: 1}, populations.REPORTED + 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One forecaster, on one population, fitted on so many people; means over the draws.

    ``behind``: its log-loss less the engine's, with its standard error; ``won``: in how many
    draws the engine's was less.
    """

    forecaster: str
    scores: Scores
    behind: tuple[float, float]
    won: int
    draws: int


@dataclass(frozen=True, slots=True)
class Round:
    """A population and a size to fit on."""

    population: str
    fitted_on: int
    tested: tuple[int, int]  # people, deeds
    lines: tuple[Line, ...]
    bins: Floats  # of the engine, its first draw
    seconds: dict[str, float]

    @property
    def ours(self) -> Line:
        return self.lines[0]

    @property
    def closest(self) -> Line:
        """The best of the peers."""
        return min(self.lines[1:], key=lambda line: line.scores.log_loss)


def contest(size: Size, workers: int = 1) -> list[Round]:
    names = [*populations.POPULATIONS, *KEPT_BACK]
    asked = [(name, fitted_on, size) for name in names for fitted_on in size.draws]
    if workers == 1:
        return [play(*one) for one in asked]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(play, *zip(*asked, strict=True)))


def play(name: str, fitted_on: int, size: Size) -> Round:
    """One round, on one core: the tested people are the same for each size and draw."""
    import sklearn.ensemble  # noqa: F401 - its threads are only held back once it is loaded
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return played(name, fitted_on, size)


def played(name: str, fitted_on: int, size: Size) -> Round:
    begun = time.monotonic()
    test = draw(name, size.tested_on, f"{size.seed} test")
    number = range(size.draws[fitted_on])
    fits = [draw(name, fitted_on, f"{size.seed} fit {fitted_on} {one}") for one in number]
    chances, seconds = {}, {}
    for forecaster, train in FORECASTERS.items():
        started = time.monotonic()
        chances[forecaster] = [train(rows)(test).round(DIGITS) for rows in fits]
        seconds[forecaster] = (time.monotonic() - started) / len(fits)
    print(f"{name}, {fitted_on}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return Round(
        name,
        fitted_on,
        (test.people, int(test.deeds.sum())),
        tuple(lines(chances, test)),
        bins(chances[ENGINE][0], deeds(test)),
        seconds,
    )


def draw(name: str, people: int, seed: str) -> Rows:
    return populations.draw(name, people, seed, KEPT_BACK)


def lines(chances: dict[str, list[Floats]], test: Rows) -> list[Line]:
    done, person = deeds(test), test.person[test.deeds]
    lost = {name: np.array([losses(one, done) for one in made]) for name, made in chances.items()}
    ours = lost[ENGINE]
    return [
        Line(
            name,
            mean_scores([scores(one, done) for one in made]),
            difference(ours.mean(axis=0), lost[name].mean(axis=0), person),
            int((ours.mean(axis=1) < lost[name].mean(axis=1)).sum()),
            len(made),
        )
        for name, made in chances.items()
    ]


def mean_scores(of: Sequence[Scores]) -> Scores:
    return Scores(
        *(float(np.mean([getattr(one, part.name) for one in of])) for part in fields(Scores))
    )
