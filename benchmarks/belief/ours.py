"""The engine as a forecaster among its peers: fitted on rows, asked about others' deeds."""

from __future__ import annotations

import numpy as np

from benchmarks.belief.peers import Chances
from benchmarks.belief.rows import Rows
from earnest.engine.belief import (
    Columns,
    Event,
    Params,
    Record,
    arrange,
    filter_many,
    fit,
)


def engine(rows: Rows) -> Chances:
    """Fit its parameters from the shipped defaults, as `earnest stand --fit-on` does."""
    return forecasts(fit(record(rows)).params)


def forecasts(params: Params) -> Chances:
    return lambda other: filter_many(record(other), params).chances


def record(rows: Rows) -> Record:
    """Rows of one moment stay as they stand, so that no chance knows of a row below it."""
    sorts, sort = np.unique(
        np.char.add(np.char.add(rows.kind, "/"), rows.item), return_inverse=True
    )
    named = [tuple(str(name).split("/", 1)) for name in sorts]
    _, person = np.unique(rows.person, return_inverse=True)
    columns = Columns(person, rows.at, sort, rows.value)
    return arrange(columns, [(kind, item) for kind, item in named], as_given=True).record


def events(rows: Rows) -> tuple[Event, ...]:
    """One person's rows as the engine's events."""
    columns = (rows.at.tolist(), rows.kind.tolist(), rows.item.tolist(), rows.value.tolist())
    return tuple(Event(*row) for row in zip(*columns, strict=True))
