"""Histories of people for tests: by hypothesis, by chance with a seed, and drawn from the model itself."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from earnest.engine.belief import CONDITIONS, DEFAULTS, KINDS, Event, Params, Record
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


def drawn(people: int, length: int, params: Params = DEFAULTS, seed: int = 0) -> Record:
    """People who are as the model says, without the habit: its own words and deeds."""
    chance = np.random.default_rng(seed)
    return Record.of([_one(chance, length, params) for _ in range(people)])


def _one(chance: np.random.Generator, length: int, params: Params) -> list[Event]:
    root, goal = np.linalg.cholesky(_square(params)), np.array(target(params))
    away, at, found = root @ chance.normal(size=SIZE) - goal, 0.0, []
    for _ in range(length):
        gap = float(chance.choice([0.0, 3.0, 20.0, 200.0]))
        fade = np.ones(SIZE)
        fade[list(MOVING)] = np.exp(-gap / params.tau)
        fade[BUSY] = np.exp(-gap / params.tau_busy)
        away = fade * away + np.sqrt(1 - fade**2) * (root @ chance.normal(size=SIZE))
        at += gap
        sort = Sort(*_SORTS[chance.integers(len(_SORTS))])
        weights, offset = weights_of(sort, params)
        score = offset + np.array(weights) @ (away + goal) + chance.normal()
        value = (
            1 + int(np.searchsorted(params.cutpoints, score))
            if sort.kind == "said"
            else int(score > 0)
        )
        if chance.random() < slip_of(sort, params):
            value = int(chance.integers(1, 6) if sort.kind == "said" else chance.integers(2))
        found.append(Event(at, *sort, value))
        if sort.kind == "did":
            away[PASSING] += params.done if value else -params.missed
    return found


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
