"""The climb of a fit: from some parameters to the most likely ones nearby.

Fisher scoring, with the outer product of each event's score in place of its information (Berndt, Hall,
Hall and Hausman 1974), damped as by Levenberg and Marquardt. Scores are differences of the filter's
log-likelihoods; where people are few, all perturbed sets run at once as further people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from earnest.engine.belief.events import DID
from earnest.engine.belief.free import Free, from_vector, spreads, to_vector
from earnest.engine.belief.many import log_likelihoods
from earnest.engine.belief.params import DEFAULTS, Params
from earnest.engine.belief.probit import Floats
from earnest.engine.belief.record import Record

WORDS: Final = 0.3  # what an event counts that is no deed
ROUNDS: Final = 12
_APART: Final = 1e-4  # of two points of a difference
_LONGEST: Final = 1.5  # step of one number
_TRIES: Final = 5
_ENOUGH: Final = 2e-5  # gain per row below which the climb ends


class Point(NamedTuple):
    """A place on the way: the free numbers, each row's log-likelihood (weighted), and the objective."""

    vector: Floats
    rows: Floats
    value: float


class Task:
    """The objective over one record, as a function of the free numbers."""

    def __init__(self, record: Record, free: tuple[Free, ...], rest: Params) -> None:
        self.record, self.free, self.rest = record, free, rest
        self.weights = row_weights(record)
        self.centre, self.spread = to_vector(DEFAULTS, free), spreads(free)

    def rows(self, vectors: Floats) -> Floats:
        """Weighted log-likelihood of each row for each of the vectors, (sets, R)."""
        sets = [self.params(vector) for vector in vectors]
        return log_likelihoods(self.record, sets) * self.weights

    def point(self, vector: Floats) -> Point:
        """The objective at a vector."""
        rows = self.rows(vector[None])[0]
        away = (vector - self.centre) / self.spread
        return Point(vector, rows, float(rows.sum() - 0.5 * away @ away))

    def params(self, vector: Floats) -> Params:
        """The parameters a vector stands for."""
        return from_vector(vector, self.free, self.rest)


def row_weights(record: Record) -> Floats:
    """1 for a deed, less for words, (R,)."""
    deed = np.array([sort.kind == DID for sort in record.sorts] or [False])
    return np.where(deed[record.sort], 1.0, WORDS)


def ascend(task: Task, start: Params) -> Iterator[tuple[Params, float]]:
    """Yield ever better parameters with their loss per row, at most ROUNDS of them."""
    here, damp = task.point(to_vector(start, task.free)), 1e-3
    for _ in range(ROUNDS):
        slope, bend = _shape(task, here)
        higher, damp = _step(task, here, (slope, bend), damp)
        gain, here = higher.value - here.value, higher
        yield task.params(here.vector), -here.value / max(len(here.rows), 1)
        if gain < _ENOUGH * len(here.rows):
            return


def _shape(task: Task, here: Point) -> tuple[Floats, Floats]:
    """Slope (U,) of the objective and a stand-in for its negative curvature (U, U)."""
    scores = (task.rows(here.vector + _APART * np.eye(len(here.vector))) - here.rows) / _APART
    slope = scores.sum(axis=1) - (here.vector - task.centre) / task.spread**2
    bend = scores @ (scores / task.weights).T + np.diag(task.spread**-2.0)
    return slope, bend


def _step(
    task: Task, here: Point, shape: tuple[Floats, Floats], damp: float
) -> tuple[Point, float]:
    """A point at least as high, and the damping to go on with."""
    slope, bend = shape
    for _ in range(_TRIES):
        step = np.linalg.solve(bend + damp * np.diag(np.diag(bend)), slope)
        step *= min(1.0, _LONGEST / max(float(np.abs(step).max()), 1e-12))
        tried = task.point(here.vector + step)
        if tried.value > here.value:
            return tried, max(damp / 5, 1e-4)
        damp = max(damp * 6, 1e-2)
    return here, damp
