"""Histories of people for tests: by hypothesis, by chance with a seed, and drawn from the model itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from earnest.engine.belief import CONDITIONS, DEFAULTS, KINDS, Event, Params, Record, prior, take_in
from earnest.engine.belief.observe import PAIRS, prior_cov, slip_of, target, weights_of
from earnest.engine.belief.params import BUSY, MOVING, PASSING, SIZE
from earnest.engine.belief.probit import Floats
from earnest.engine.belief.record import Sort

DEEDS = ("kept", "attended", "helped")

moments = st.one_of(
    st.sampled_from([0.0, 1e-6, 1.0, 30.0, 400.0, 1e5]), st.floats(0.0, 1e5, allow_nan=False)
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Anything that may happen, at any moment."""
    kind = draw(st.sampled_from(KINDS))
    items = CONDITIONS if kind == "said" else DEEDS if kind == "did" else ("",)
    value = draw(st.integers(1, 5) if kind == "said" else st.integers(0, 1))
    return Event(draw(moments), kind, draw(st.sampled_from(items)), value)


def histories(most: int = 12) -> st.SearchStrategy[list[Event]]:
    """Up to so many events, in any order."""
    return st.lists(events(), max_size=most)


@st.composite
def parameters(draw: st.DrawFn) -> Params:
    """Populations of all sorts."""
    changes = {
        "tau": draw(st.sampled_from([0.5, 30.0, 1e4])),
        "trend": draw(st.floats(-2, 2)),
        "mood": draw(st.floats(-2, 2)),
        "done": draw(st.floats(0, 1)),
        "missed": draw(st.floats(0, 1)),
        "slip": draw(st.sampled_from([1e-6, 0.05, 0.4])),
        "stray": draw(st.sampled_from([1e-6, 0.05, 0.4])),
    }
    did = DEFAULTS.did._replace(
        offset=draw(st.floats(-3, 3)),
        passing=draw(st.floats(0, 3)),
        lasting=draw(st.floats(0.01, 3)),
        busy=draw(st.floats(0, 2)),
    )
    return Params.from_dict(DEFAULTS.as_dict() | changes | {"did": did._asdict()})


class Drawn(NamedTuple):
    """People who are as the model says, and how each truly was at the last event: (P, 8)."""

    record: Record
    truth: Floats


def drawn(people: int, length: int, params: Params = DEFAULTS, seed: int = 0) -> Record:
    """The record of people drawn from the model."""
    return drawn_truly(people, length, params, seed).record


def drawn_truly(people: int, length: int, params: Params = DEFAULTS, seed: int = 0) -> Drawn:
    """People drawn from the model."""
    chance = np.random.default_rng(seed)
    root = np.linalg.cholesky(_square(params))
    found = [_Person(chance, root, params).live(length) for _ in range(people)]
    return Drawn(Record.of([events for events, _ in found]), np.array([x for _, x in found]))


class _Person:
    """Somebody as the model says. Habits follow what was to be expected of them: a filter goes along."""

    def __init__(self, chance: np.random.Generator, root: Floats, params: Params) -> None:
        self.chance, self.root, self.params = chance, root, params
        self.goal = np.array(target(params))
        self.away = root @ chance.normal(size=SIZE) - self.goal
        self.state, self.at = prior(params), 0.0
        self.taus = np.full(SIZE, np.inf)
        self.taus[list(MOVING)], self.taus[BUSY] = params.tau, params.tau_busy

    def live(self, length: int) -> tuple[list[Event], Floats]:
        """So many events, and what this person is at the last."""
        return [self._next() for _ in range(length)], self.away + self.goal

    def _next(self) -> Event:
        first = self.state.at is None  # what is believed before begins with the first event
        gap = 0.0 if first else float(self.chance.choice([0.25, 3.0, 20.0, 200.0]))
        fade = np.exp(-gap / self.taus)
        self.away = fade * self.away + np.sqrt(1 - fade**2) * (
            self.root @ self.chance.normal(size=SIZE)
        )
        self.at += gap
        sort = Sort(*_SORTS[self.chance.integers(len(_SORTS))])
        event = Event(self.at, sort.kind, sort.item, self._value(sort))
        self.state, log_likelihood = take_in(self.state, event, self.params)
        if sort.kind == "did":
            shift = self.params.done if event.value else -self.params.missed
            self.away[PASSING] += shift * (1 - np.exp(log_likelihood))
        return event

    def _value(self, sort: Sort) -> int:
        said = sort.kind == "said"
        if self.chance.random() < slip_of(sort, self.params):
            return int(self.chance.integers(1, 6) if said else self.chance.integers(2))
        weights, offset = weights_of(sort, self.params)
        score = offset + np.array(weights) @ (self.away + self.goal) + self.chance.normal()
        return 1 + int(np.searchsorted(self.params.cutpoints, score)) if said else int(score > 0)


_SORTS = (
    *(("said", condition) for condition in CONDITIONS),
    *(("did", deed) for deed in DEEDS),
    ("nodded", ""),
    ("agreed", ""),
    ("silent", ""),
)


def _square(params: Params) -> Floats:
    square = np.zeros((SIZE, SIZE))
    for value, (i, j) in zip(prior_cov(params), PAIRS, strict=True):
        square[i, j] = square[j, i] = value
    return square
