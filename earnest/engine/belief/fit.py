"""Learning the parameters from a population: MAP around the shipped defaults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from earnest.engine.belief.filter import filter_many
from earnest.engine.belief.params import DEFAULTS, Params
from earnest.engine.belief.record import Record


class Progress(NamedTuple):
    """How far a fit is: the round of at most ``rounds``, and the objective so far (lower is better)."""

    round: int
    rounds: int
    loss: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found. ``held_out_*``: mean log-likelihood per event of people it was not fitted on.

    ``kept``: the new parameters were no better on these, so ``params`` are the old ones;
    ``interrupted``: it was stopped before its end, and ``params`` are the best until then.
    """

    params: Params
    held_out_before: float
    held_out_after: float
    kept: bool
    interrupted: bool = False


def fit(
    record: Record,
    start: Params = DEFAULTS,
    *,
    on_progress: Callable[[Progress], None] | None = None,
) -> Fit:
    """Fit to a record (to come: for now it keeps what it was given)."""
    before = filter_many(record, start).log_likelihood / max(record.rows, 1)
    if on_progress:
        on_progress(Progress(1, 1, -before))
    return Fit(start, before, before, kept=True)
