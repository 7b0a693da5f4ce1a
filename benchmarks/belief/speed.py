"""How many events a second the belief takes in: of many people at once, of one, and a loop over events.

    python -m benchmarks.belief.speed

One core, processor time (so that what else runs on the machine counts less), the best of three after
warm-up. The loop is what one would write first: for every event the same update with NumPy's matrices.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from earnest.engine.belief import CONDITIONS, DEFAULTS, Columns, Record, arrange, filter_many
from earnest.engine.belief.observe import PAIRS, Seen, codes, prior_cov, seen_by_one, table, target
from earnest.engine.belief.params import BUSY, MOVING, PASSING, SIZE
from earnest.engine.belief.probit import Floats

PEOPLE, EVENTS = 30_000, 30
ALONE = 50_000  # events of one person
LOOPED = 10_000  # events of the loop
AIM: Final = 3e6  # events a second
SORTS: Final = (
    *(("said", condition) for condition in CONDITIONS),
    *(("did", deed) for deed in ("kept", "attended", "helped")),
    ("nodded", ""),
    ("agreed", ""),
    ("silent", ""),
)


class Speed(NamedTuple):
    """Events a second: of many people, of one person, of the loop; and the first over the last."""

    many: float
    one: float
    loop: float
    times: float


def measure() -> Speed:
    """Measure all three on this machine."""
    many, one, few = population(PEOPLE, EVENTS), population(1, ALONE), population(LOOPED // 20, 20)
    fast = many.rows / seconds(lambda: filter_many(many))
    alone = one.rows / seconds(lambda: filter_many(one))
    slow = few.rows / seconds(lambda: loop(few))
    return Speed(fast, alone, slow, fast / slow)


def sentence(speed: Speed) -> str:
    """What was measured, for docs/performance.md."""
    return (
        f"The belief takes in {speed.many / 1e6:.1f} million events a second on one core, event k of "
        f"{PEOPLE:,} people at once ({speed.times:.0f} times a loop of NumPy updates over events, "
        f"which takes in {speed.loop:,.0f}); of one person, in plain floats, {speed.one:,.0f}. "
        f"To reach: {AIM / 1e6:.0f} million."
    )


def population(people: int, events: int) -> Record:
    """Anything said and done at any time; the numbers do not matter here."""
    chance = np.random.default_rng(5)
    rows = people * events
    sort = chance.integers(0, len(SORTS), rows)
    said = sort < len(CONDITIONS)
    value = np.where(said, chance.integers(1, 6, rows), chance.integers(0, 2, rows))
    person = np.repeat(np.arange(people), events)
    return arrange(Columns(person, chance.uniform(0, 400, rows), sort, value), SORTS).record


def seconds(of: Callable[[], object]) -> float:
    """Processor time of the best of three runs, after one to warm up."""
    of()
    return min(once(of) for _ in range(3))


def once(of: Callable[[], object]) -> float:
    begun = time.process_time()
    of()
    return time.process_time() - begun


def loop(record: Record) -> float:
    """The same filter as a loop over events with 8 × 8 matrices; returns the log-likelihood."""
    observations = [seen_by_one(row) for row in table(record.sorts, DEFAULTS).T.tolist()]
    start, goal = square(prior_cov(DEFAULTS)), np.array(target(DEFAULTS))
    code, total = codes(record), 0.0
    taus = np.full(SIZE, np.inf)
    taus[list(MOVING)], taus[BUSY] = DEFAULTS.tau, DEFAULTS.tau_busy
    for person in range(record.people):
        mean, cov, last = -goal, start, np.inf
        for row in range(record.starts[person], record.starts[person + 1]):
            at = float(record.at[row])
            fade = np.exp(-max(at - last, 0.0) / taus)
            mean, cov, last = fade * mean, start + np.outer(fade, fade) * (cov - start), at
            mean, cov, likelihood = update(mean, cov, observations[code[row]])
            total += math.log(likelihood)
    return total


def update(mean: Floats, cov: Floats, one: Seen[float]) -> tuple[Floats, Floats, float]:
    """One observation: mean, covariance, and its likelihood."""
    w = np.array(one.weights)
    reach = cov @ w
    sd = math.sqrt(float(w @ reach) + 1)
    low, high = (float(bound - w @ mean) / sd for bound in (one.low, one.high))
    mass = 0.5 * (math.erfc(-high / math.sqrt(2)) - math.erfc(-low / math.sqrt(2)))
    above, below = density(low), density(high)
    centre = (above - below) / mass
    shrink = centre**2 - (low * above - high * below) / mass
    likelihood = one.chance + one.sound * mass
    sound = one.sound * mass / likelihood
    lost = sound * max(float(shrink - (1 - sound) * centre**2), 0.0) / sd**2
    mean = mean + reach * (sound * centre / sd)
    mean[PASSING] += one.shift * (1 - likelihood)
    return mean, cov - np.outer(reach, reach) * lost, likelihood


def square(triangle: list[float]) -> Floats:
    full = np.zeros((SIZE, SIZE))
    for value, (i, j) in zip(triangle, PAIRS, strict=True):
        full[i, j] = full[j, i] = value
    return full


def density(x: float) -> float:
    return math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi) if abs(x) < 38 else 0.0


if __name__ == "__main__":
    print(sentence(measure()))
