"""The filter over many people: event k of all of them at once, by the kernel that serves one.

People stand in columns, those with the longest histories first, in blocks whose state stays in the
cache. Where few people have as many events, the rest of their histories runs in plain floats.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earnest.engine.belief.filter import State, _condition_on, _predict
from earnest.engine.belief.observe import (
    PAIRS,
    Seen,
    codes,
    prior_cov,
    seen,
    seen_by_one,
    table,
    target,
)
from earnest.engine.belief.params import DEFAULTS, PASSING, SIZE, Params
from earnest.engine.belief.probit import MANY, ONE, Floats
from earnest.engine.belief.record import Record

BLOCK: Final = 8192  # people at once
FEW: Final = 8  # up to so many at once, plain floats are faster
_CHUNK: Final = 65536  # rows turned into floats at once

type Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filtered:
    """P people filtered over R rows.

    ``log_likelihoods`` (R,) of each event given what came before; ``at`` (P,) the last event (−inf
    where nothing happened); ``mean`` (P, 8), ``cov`` (P, 36) after it; ``deeds`` (D,) the rows that are
    deeds; ``chances`` (D,) of each of these being done, given what came before.
    """

    log_likelihoods: Floats
    at: Floats
    mean: Floats
    cov: Floats
    deeds: Whole
    chances: Floats

    @property
    def log_likelihood(self) -> float:
        """Of everything."""
        return float(self.log_likelihoods.sum())

    def state(self, person: int) -> State:
        """One person's state, as ``take_in`` would have left it."""
        at = float(self.at[person])
        mean, cov = self.mean[person].tolist(), self.cov[person].tolist()
        return State(at if math.isfinite(at) else None, tuple(mean), tuple(cov))


def filter_many(record: Record, params: Params = DEFAULTS) -> Filtered:
    """Filter everybody in the order of the record."""
    after = _run(_work(record, [params]))
    deeds = record.deeds
    chances = _chances(after.log_likelihoods[deeds], record.value[deeds])
    cov = np.array(prior_cov(params)) - after.known
    mean = after.mean + np.array(target(params))
    return Filtered(after.log_likelihoods, after.last, mean, cov, deeds, chances)


def _chances(log_likelihoods: Floats, values: NDArray[np.int8]) -> Floats:
    """Of being done, whatever was; cut to 12 digits, so that no last digit tells which it was."""
    happened = np.exp(log_likelihoods)
    return np.round(np.where(values == 1, happened, 1.0 - happened), 12)


def log_likelihoods(record: Record, sets: Sequence[Params]) -> Floats:
    """Of each event under each set of parameters, (sets, R).

    Sets run as further people in the same arrays while these are few.
    """
    together = max(1, BLOCK // max(record.people, 1))
    found = [
        _run(_work(record, sets[first : first + together])).log_likelihoods.reshape(-1, record.rows)
        for first in range(0, len(sets), together)
    ]
    return np.concatenate(found)


@dataclass(frozen=True)
class _Work:
    """Rows (R,) of people (P,), each with parameters of their own: ``rate`` −1/τ (2, P), ``start`` (8, P)."""

    starts: Whole
    lengths: Whole
    at: Floats
    code: Whole
    table: Floats
    rate: Floats
    start: Floats

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """The parts of the state that any of the evidence depends on."""
        used = np.flatnonzero(np.any(self.table[:SIZE] != 0.0, axis=1))
        return tuple(used.tolist()) or (PASSING,)


def _work(record: Record, sets: Sequence[Params]) -> _Work:
    tables = [table(record.sorts, params) for params in sets]
    width, people = tables[0].shape[1], record.people
    code = codes(record)
    return _Work(
        np.concatenate([record.starts[:-1] + record.rows * k for k in range(len(sets))]),
        np.tile(record.lengths, len(sets)),
        np.tile(record.at, len(sets)),
        np.concatenate([code + width * k for k in range(len(sets))]),
        np.concatenate(tables, axis=1),
        np.repeat(-1.0 / np.array([(one.tau, one.tau_busy) for one in sets]).T, people, axis=1),
        np.repeat(-np.array([target(params) for params in sets]).T, people, axis=1),
    )


@dataclass(frozen=True, slots=True)
class _After:
    """What comes out: (R,), (P,), (P, 8), (P, 36)."""

    log_likelihoods: Floats
    last: Floats
    mean: Floats
    known: Floats


class _Now(NamedTuple):
    """A block in mid-run, people in columns: (N,), (N,), (8, N), (36, N), (N,), (2, N)."""

    people: Whole
    rows: Whole
    mean: Floats
    known: Floats
    last: Floats
    rate: Floats


def _run(work: _Work) -> _After:
    people = len(work.starts)
    after = _After(
        np.empty(len(work.at)),
        np.full(people, -np.inf),
        np.empty((people, SIZE)),
        np.empty((people, len(PAIRS))),
    )
    by_length = np.argsort(-work.lengths, kind="stable")
    for first in range(0, people, BLOCK):
        _run_block(work, by_length[first : first + BLOCK], after)
    return after


def _run_block(work: _Work, people: Whole, after: _After) -> None:
    lengths = work.lengths[people]
    now = _begin(work, people)
    step, active = 0, int(np.count_nonzero(lengths))
    while active > FEW:
        _advance_all(work, now, active, after)
        step += 1
        active = int(np.searchsorted(-lengths, -step))
    if active:
        _advance_rest(work, now, active, after)
    after.mean[people], after.known[people] = now.mean.T, now.known.T
    after.last[people] = np.where(lengths > 0, now.last, -np.inf)


def _begin(work: _Work, people: Whole) -> _Now:
    size = len(people)
    last = np.full(size, np.inf)  # before the first event no time has passed
    return _Now(
        people,
        work.starts[people],
        work.start[:, people],
        np.zeros((len(PAIRS), size)),
        last,
        work.rate[:, people],
    )


def _advance_all(work: _Work, now: _Now, active: int, after: _After) -> None:
    """The next event of the first ``active`` people."""
    rows, last = now.rows[:active], now.last[:active]
    at = work.at[rows]
    fade, free = np.exp(np.maximum(at - last, 0.0) * now.rate[:, :active])
    mean, known = list(now.mean[:, :active]), list(now.known[:, :active])
    _predict(mean, known, fade, free)
    what = seen(work.parts, list(work.table.take(work.code[rows], axis=1)))
    after.log_likelihoods[rows] = _condition_on(mean, known, what, MANY)
    last[:] = at
    rows += 1


def _advance_rest(work: _Work, now: _Now, active: int, after: _After) -> None:
    """The rest of the first ``active`` people's histories, one person after another, in floats."""
    observations = [seen_by_one(numbers) for numbers in work.table.T.tolist()]
    for column in range(active):
        person = now.people[column]
        end = int(work.starts[person] + work.lengths[person])
        for first in range(int(now.rows[column]), end, _CHUNK):
            rows = slice(first, min(first + _CHUNK, end))
            events = zip(
                work.at[rows].tolist(),
                map(observations.__getitem__, work.code[rows].tolist()),
                strict=True,
            )
            after.log_likelihoods[rows] = _advance_one(now, column, events)


def _advance_one(
    now: _Now, column: int, events: Iterable[tuple[float, Seen[float]]]
) -> list[float]:
    mean, known = now.mean[:, column].tolist(), now.known[:, column].tolist()
    last, (rate, free) = float(now.last[column]), now.rate[:, column].tolist()
    found = []
    for at, what in events:
        days = max(at - last, 0.0)
        _predict(mean, known, math.exp(days * rate), math.exp(days * free))
        found.append(_condition_on(mean, known, what, ONE))
        last = at
    now.mean[:, column], now.known[:, column], now.last[column] = mean, known, last
    return found
