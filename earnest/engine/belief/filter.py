"""The filter: what to believe of a person after each thing they said or did, in closed form.

Every event is one interval observation of a linear score of the state: 3 of 5 on a condition says that
score lies between two cutpoints, a deed that it lies above 0, a miss that it lies below. Assumed-density
filtering (Minka 2001; Herbrich, Minka and Graepel, TrueSkill, 2006; ordinal answers as in Albert and
Chib 1993): the posterior is replaced by the Gaussian with its mean and covariance. With score
s = w·x + ε, ε ~ N(0, 1), and prior N(m, P):

    r = P w,  v = w·r + 1,  z = (s − w·m) / √v given that it lies in the interval
    m ← m + r E[z] / √v,    P ← P − r rᵀ (1 − Var z) / v.

Between events x_i − target_i fades by exp(−days / τ) for the parts that pass. The kernel keeps the mean
as its distance from the target and, instead of P, what evidence took from the prior: K = C − P. So the
passing of time is a multiplication, K_ij ← K_ij f_i f_j, and adds nothing up. The same lines serve one
person's floats and arrays over many people.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from earnest.engine.belief import probit
from earnest.engine.belief.events import ANSWERS, CONDITIONS, DID, SAID, BadEvent, Event, check
from earnest.engine.belief.params import (
    BUSY,
    DEFAULTS,
    LASTING,
    MOVING,
    PASSING,
    POLITENESS,
    SIZE,
    Link,
    Params,
)
from earnest.engine.belief.probit import FAR, MANY, ONE, Floats, Numbers
from earnest.engine.belief.record import Record, Sort

BLOCK: Final = 2048  # people at once: their state stays in the cache
FEW: Final = 8  # below so many at once plain floats are faster
PAIRS: Final = tuple(
    (i, j) for i in range(SIZE) for j in range(i + 1)
)  # lower triangle, row by row
_AT: Final = {pair: place for place, pair in enumerate(PAIRS)} | {
    (j, i): place for place, (i, j) in enumerate(PAIRS)
}
_COLUMNS: Final = tuple(tuple(_AT[i, j] for j in range(SIZE)) for i in range(SIZE))
_BOTH_MOVE: Final = tuple(_AT[i, j] for i, j in PAIRS if i in MOVING)
_ONE_MOVES: Final = tuple(_AT[i, j] for i, j in PAIRS if i not in MOVING and j in MOVING)
_EIGHTY: Final = 1.2815515655446004  # Φ⁻¹(.9)


@dataclass(frozen=True, slots=True)
class State:
    """What is believed of a person at a moment (None: nothing has happened yet).

    ``mean`` (8,); ``cov`` (36,) the lower triangle of the covariance, row by row.
    """

    at: float | None
    mean: tuple[float, ...]
    cov: tuple[float, ...]


class Taken(NamedTuple):
    """The state after an event, and the log of the chance it had before."""

    state: State
    log_likelihood: float


class Chance(NamedTuple):
    """The chance of a deed and its 80 % interval: what more evidence might make of it."""

    value: float
    low: float
    high: float


class Condition(NamedTuple):
    """How far a condition is met.

    ``mean``, ``sd`` of the latent part; ``supported``: the chance that an answer without politeness
    would be 4 or 5; ``word``: clear, likely, ask, or unknown while little is known.
    """

    name: str
    mean: float
    sd: float
    supported: float
    word: str


@dataclass(frozen=True, slots=True)
class Filtered:
    """P people filtered over R rows.

    ``log_likelihoods`` (R,) of each event given what came before; ``at`` (P,) the last event (NaN-free:
    −inf where nothing happened); ``mean`` (P, 8), ``cov`` (P, 36) after the last event; ``deeds`` (D,)
    the rows that are deeds; ``chances`` (D,) of each of these being done, given what came before.
    """

    log_likelihoods: Floats
    at: Floats
    mean: Floats
    cov: Floats
    deeds: NDArray[np.int64]
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


class Seen[N](NamedTuple):
    """An observation: score in (low, high]; weights (8), C w (8), and what a deed itself changes."""

    weights: Sequence[N]
    spread: Sequence[N]
    low: N
    high: N
    shift: N


def prior(params: Params = DEFAULTS) -> State:
    """What is believed of somebody of whom nothing is known."""
    return State(None, (0.0,) * SIZE, tuple(_start_cov(params)))


def take_in(state: State, event: Event, params: Params = DEFAULTS) -> Taken:
    """One event: O(1) whatever the history. Raises BadEvent where time would go backwards."""
    check(event)
    mean, known = _opened(state, params)
    _predict(mean, known, _fade(state, event.at, params))
    sort = Sort(event.kind, event.item)
    log_likelihood = _condition_on(mean, known, _seen(_row(sort, _step(event), params)), ONE)
    return Taken(_closed(event.at, mean, known, params), log_likelihood)


def at_moment(state: State, at: float, params: Params = DEFAULTS) -> State:
    """The state carried to a later moment without evidence."""
    mean, known = _opened(state, params)
    _predict(mean, known, _fade(state, at, params))
    return _closed(at, mean, known, params)


def chance(state: State, item: str, at: float, params: Params = DEFAULTS) -> Chance:
    """The chance that the next act of this sort, at this moment, is done."""
    centre, variance = score_of(at_moment(state, at, params), Sort(DID, item), params)
    value = probit.cdf(centre / math.sqrt(1.0 + variance))
    reach = _EIGHTY * math.sqrt(variance)
    low, high = probit.cdf(centre - reach), probit.cdf(centre + reach)
    return Chance(value, min(low, value), max(high, value))


def log_odds(state: State, item: str, params: Params = DEFAULTS) -> float:
    """Log-odds of the next act of this sort, right now."""
    centre, variance = score_of(state, Sort(DID, item), params)
    return probit.log_odds(centre / math.sqrt(1.0 + variance))


def conditions(state: State, at: float, params: Params = DEFAULTS) -> tuple[Condition, ...]:
    """The four conditions at a moment, in their fixed order."""
    now = at_moment(state, at, params)
    return tuple(_condition(now, number, params) for number in range(len(CONDITIONS)))


def weakest(state: State, at: float, params: Params = DEFAULTS) -> Condition:
    """The condition that is least supported: where to ask next."""
    return min(conditions(state, at, params), key=lambda one: one.supported)


def filter_many(record: Record, params: Params = DEFAULTS) -> Filtered:
    """Filter everybody: event k of many people at once, in blocks that fit the cache."""
    out = _Out.empty(record)
    code = _codes(record)
    table = _table(record.sorts, params)
    by_length = np.argsort(-record.lengths, kind="stable")
    for first in range(0, record.people, BLOCK):
        _filter_block(_Block(record, code, by_length[first : first + BLOCK]), table, params, out)
    deeds = record.deeds
    log_chance = out.log_likelihoods[deeds]
    chances = np.where(record.value[deeds] == 1, np.exp(log_chance), -np.expm1(log_chance))
    cov = np.array(_start_cov(params)) - out.known
    return Filtered(out.log_likelihoods, out.at, out.mean + _target(params), cov, deeds, chances)


# ---- the kernel: the same lines for floats and arrays -------------------------------------------


def _predict[N: (float, Floats)](mean: list[N], known: list[N], fade: N) -> None:
    """Let time pass: ``mean`` (8) and ``known`` (36) are changed in place."""
    for i in MOVING:
        mean[i] *= fade
    for place in _ONE_MOVES:
        known[place] *= fade
    twice = fade * fade
    for place in _BOTH_MOVE:
        known[place] *= twice


def _condition_on[N: (float, Floats)](
    mean: list[N], known: list[N], seen: Seen[N], to: Numbers[N]
) -> N:
    """Take in one observation in place; return the log of the chance it had."""
    reach = _reach(known, seen)
    variance = _dot(seen.weights, reach) + 1.0
    sd = to.sqrt(variance)
    score = _dot(seen.weights, mean)
    cut = probit.truncated((seen.low - score) / sd, (seen.high - score) / sd, to)
    gain, loss = cut.mean / sd, cut.shrink / variance
    place = 0
    for i in range(SIZE):
        mean[i] += gain * reach[i]
        lost = loss * reach[i]
        for j in range(i + 1):
            known[place] += lost * reach[j]
            place += 1
    mean[PASSING] += seen.shift
    return cut.log_chance


def _reach[N: (float, Floats)](known: list[N], seen: Seen[N]) -> list[N]:
    """P w = C w − K w."""
    return [
        seen.spread[i] - _dot([known[place] for place in _COLUMNS[i]], seen.weights)
        for i in range(SIZE)
    ]


def _dot[N: (float, Floats)](left: Sequence[N], right: Sequence[N]) -> N:
    total = left[0] * right[0]
    for one, other in zip(left[1:], right[1:], strict=True):
        total += one * other
    return total


# ---- many people --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Out:
    """Where results go: (R,), (P,), (P, 8) and (P, 36)."""

    log_likelihoods: Floats
    at: Floats
    mean: Floats
    known: Floats

    @classmethod
    def empty(cls, record: Record) -> _Out:
        people = record.people
        nothing = np.full(people, -np.inf)
        return cls(np.empty(record.rows), nothing, np.empty((people, SIZE)), np.empty((people, 36)))


@dataclass(frozen=True, slots=True)
class _Block:
    """Some people of a record, those with the longest histories first."""

    record: Record
    code: NDArray[np.int64]
    people: NDArray[np.int64]


def _filter_block(block: _Block, table: Floats, params: Params, out: _Out) -> None:
    record, people = block.record, block.people
    lengths = record.lengths[people]
    mean = np.repeat(-_target(params)[:, None], len(people), axis=1)
    known = np.zeros((len(PAIRS), len(people)))
    last = (
        np.where(lengths > 0, record.at[np.minimum(record.starts[people], record.rows - 1)], 0.0)
        if record.rows
        else np.zeros(len(people))
    )
    rows = record.starts[people].copy()
    step, active = 0, int(np.count_nonzero(lengths))
    while active > FEW:
        _advance_all(block, table, params, _Now(mean, known, last, rows, active), out)
        step += 1
        active = int(np.searchsorted(-lengths, -step))
    for column in range(active):
        _advance_one(block, table, params, _Now(mean, known, last, rows, column), out)
    out.mean[people], out.known[people] = mean.T, known.T
    out.at[people[lengths > 0]] = last[lengths > 0]


class _Now(NamedTuple):
    """A block in mid-run: columns are people, and ``upto`` the number (or the one) still at it."""

    mean: Floats
    known: Floats
    last: Floats
    rows: NDArray[np.int64]
    upto: int


def _advance_all(block: _Block, table: Floats, params: Params, now: _Now, out: _Out) -> None:
    n = now.upto
    rows = now.rows[:n]
    at = block.record.at[rows]
    fade = np.exp((now.last[:n] - at) / params.tau)
    mean, known = list(now.mean[:, :n]), list(now.known[:, :n])
    _predict(mean, known, fade)
    seen = _seen(table.take(block.code[rows], axis=1))
    out.log_likelihoods[rows] = _condition_on(mean, known, seen, MANY)
    now.last[:n] = at
    rows += 1


def _advance_one(block: _Block, table: Floats, params: Params, now: _Now, out: _Out) -> None:
    """The rest of one person's history in plain floats."""
    column, record = now.upto, block.record
    person = block.people[column]
    mean, known = now.mean[:, column].tolist(), now.known[:, column].tolist()
    last, first, end = (
        float(now.last[column]),
        int(now.rows[column]),
        int(record.starts[person + 1]),
    )
    observations = [_seen(row) for row in table.T.tolist()]
    for row in range(first, end):
        at = float(record.at[row])
        _predict(mean, known, math.exp((last - at) / params.tau))
        seen = observations[block.code[row]]
        out.log_likelihoods[row] = _condition_on(mean, known, seen, ONE)
        last = at
    now.mean[:, column], now.known[:, column], now.last[column] = mean, known, last


# ---- what an observation says -------------------------------------------------------------------


def _step(event: Event) -> int:
    return event.value - 1 if event.kind == SAID else event.value


def _codes(record: Record) -> NDArray[np.int64]:
    """Each row's column in the table: its sort and its value."""
    said = np.array([sort.kind == SAID for sort in record.sorts] or [False], np.int64)
    return record.sort.astype(np.int64) * ANSWERS + record.value - said[record.sort]


def _table(sorts: Sequence[Sort], params: Params) -> Floats:
    """All observations there can be, as columns: (19, sorts × 5)."""
    rows = [_row(sort, step, params) for sort in sorts for step in range(ANSWERS)]
    return np.array(rows or [_row(Sort(DID, ""), 0, params)]).T.copy()


def _row(sort: Sort, step: int, params: Params) -> list[float]:
    """weights (8), C w (8), low, high, shift of one observation."""
    weights, offset = _weights(sort, params)
    spread = _spread(weights, params)
    base = offset + sum(w * t for w, t in zip(weights, _target(params).tolist(), strict=True))
    low, high = _interval(sort, step, params)
    return [*weights, *spread, low - base, high - base, _shift(sort, step, params)]


def _seen[N: (float, Floats)](row: Sequence[N]) -> Seen[N]:
    return Seen(row[:SIZE], row[SIZE : 2 * SIZE], row[16], row[17], row[18])


def _weights(sort: Sort, params: Params) -> tuple[list[float], float]:
    link: Link = getattr(params, sort.kind)
    weights = [0.0] * SIZE
    offset = link.offset
    if sort.kind == SAID:
        number = CONDITIONS.index(sort.item)
        weights[number] = link.condition
        offset += params.ease[number]
    elif sort.kind == DID:
        offset += dict(params.sorts).get(sort.item, 0.0)
    weights[PASSING], weights[LASTING] = link.passing, link.lasting
    weights[POLITENESS], weights[BUSY] = link.politeness, -link.busy
    return weights, offset


def _interval(sort: Sort, step: int, params: Params) -> tuple[float, float]:
    if sort.kind == SAID:
        bounds = (-FAR, *params.cutpoints, FAR)
        return bounds[step], bounds[step + 1]
    return (0.0, FAR) if step else (-FAR, 0.0)


def _shift(sort: Sort, step: int, params: Params) -> float:
    if sort.kind != DID:
        return 0.0
    return params.done if step else -params.missed


# ---- the prior ----------------------------------------------------------------------------------


def _target(params: Params) -> Floats:
    """Where each part drifts to."""
    target = np.zeros(SIZE)
    target[: len(CONDITIONS)] = params.mood
    target[PASSING] = params.trend
    return target


def _start_cov(params: Params) -> list[float]:
    """C, lower triangle: the parts that pass hang together by their ties."""
    return [
        1.0 if i == j else params.ties[i] * params.ties[j] if i in MOVING else 0.0 for i, j in PAIRS
    ]


def _spread(weights: Sequence[float], params: Params) -> list[float]:
    """C w (8)."""
    common = sum(params.ties[j] * weights[j] for j in MOVING)
    moving = [weights[i] * (1 - params.ties[i] ** 2) + params.ties[i] * common for i in MOVING]
    return [*moving, *weights[len(MOVING) :]]


# ---- one person ---------------------------------------------------------------------------------


def _opened(state: State, params: Params) -> tuple[list[float], list[float]]:
    target = _target(params).tolist()
    mean = [m - t for m, t in zip(state.mean, target, strict=True)]
    return mean, [c - p for c, p in zip(_start_cov(params), state.cov, strict=True)]


def _closed(at: float, mean: Iterable[float], known: Iterable[float], params: Params) -> State:
    target = _target(params).tolist()
    cov = tuple(c - k for c, k in zip(_start_cov(params), known, strict=True))
    return State(at, tuple(m + t for m, t in zip(mean, target, strict=True)), cov)


def _fade(state: State, at: float, params: Params) -> float:
    if state.at is None:
        return 1.0
    if at < state.at:
        raise BadEvent("Time goes backwards: this happened before what was already taken in.")
    return math.exp((state.at - at) / params.tau)


def score_of(state: State, sort: Sort, params: Params) -> tuple[float, float]:
    """Mean and variance of the score of a kind of evidence, without the noise of the moment."""
    weights, offset = _weights(sort, params)
    variance = sum(
        weights[i] * weights[j] * state.cov[_AT[i, j]] for i in range(SIZE) for j in range(SIZE)
    )
    centre = offset + sum(w * m for w, m in zip(weights, state.mean, strict=True))
    return centre, max(variance, 0.0)


def _condition(now: State, number: int, params: Params) -> Condition:
    mean, variance = now.mean[number], max(now.cov[_AT[number, number]], 0.0)
    link = params.said
    cut = params.cutpoints[2] - params.ease[number] - link.offset
    z = (link.condition * mean - cut) / math.sqrt(1.0 + link.condition**2 * variance)
    supported = probit.cdf(z)
    return Condition(
        CONDITIONS[number], mean, math.sqrt(variance), supported, _word(supported, variance)
    )


def _word(supported: float, variance: float) -> str:
    if variance > 0.95:
        return "unknown"
    return "clear" if supported >= 2 / 3 else "likely" if supported >= 1 / 2 else "ask"
