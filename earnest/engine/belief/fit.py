"""Learning the parameters from a population.

Maximises Σ w log p(event | what came before) − ½ Σ ((u − u₀) / spread)² over the free numbers u
(``free``): the second term is the prior around the shipped defaults u₀, so that thirty people move them
a little and ten thousand a lot. Deeds count w = 1 and words less: nobody's words follow a model to the
letter, and what is to be foretold are deeds.

Whether it helped is asked of people it did not see (cross-validation, Stone 1974). Only where these are
foretold better are numbers fitted to everybody returned; otherwise the old ones stay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from earnest.engine.belief.ascent import ROUNDS, Task, ascend, row_weights
from earnest.engine.belief.events import DID, SILENT
from earnest.engine.belief.free import Free, free_numbers
from earnest.engine.belief.many import log_likelihoods
from earnest.engine.belief.params import DEFAULTS, Params
from earnest.engine.belief.probit import Floats
from earnest.engine.belief.record import Record, Whole

ROWS: Final = 100_000  # so many rows are enough to learn from; of more, people are drawn
LONGEST: Final = 2_000  # rows of one person, the first: a fit goes through them one after another
ROUGH: Final = 10_000  # rows of the first, rough climb
SORTS: Final = 20  # of deeds, the most frequent; the others are as deeds are
FOLDS: Final = 5
_MANY_PEOPLE: Final = 200  # from here on one fifth of them is enough to judge by


class Progress(NamedTuple):
    """How far a fit is: the round of at most ``rounds``, and the loss so far (lower is better)."""

    round: int
    rounds: int
    loss: float


@dataclass(frozen=True, slots=True)
class Fit:
    """What a fit found. ``held_out_*``: mean log-likelihood per event of people it was not fitted on,
    words counted less than deeds.

    ``kept``: the new parameters were no better on these, so ``params`` are the old ones;
    ``interrupted``: it was stopped before its end, and ``params`` are the best until then.
    """

    params: Params
    held_out_before: float
    held_out_after: float
    kept: bool
    interrupted: bool = False


type OnProgress = Callable[[Progress], None]


def fit(record: Record, start: Params = DEFAULTS, *, on_progress: OnProgress | None = None) -> Fit:
    """Fit to a population, deterministically; KeyboardInterrupt ends it with the best until then.

    A record of one person, or of nobody, leaves the parameters as they are.
    """
    drawn = _drawn(record.first_rows(LONGEST), ROWS)
    folds = _folds(drawn.people)
    if not folds:
        return Fit(start, 0.0, 0.0, kept=True)
    course = _Course(drawn, start, len(folds) + 1, on_progress)
    try:
        course.judge(folds)
        course.finish()
    except KeyboardInterrupt:
        return course.stopped()
    return course.ended()


class _Course:
    """A fit on its way: what was found until now, so that it can be stopped at any moment."""

    def __init__(
        self, record: Record, start: Params, climbs: int, on_progress: OnProgress | None
    ) -> None:
        self.record, self.start = record, start
        self.free = _free_in(record)
        self.climbs, self.on_progress = climbs, on_progress
        self.begun = self.round = 0
        self.found = start  # by the climb under way
        self.unseen = np.empty(0, np.int64)  # by that climb
        self.before = self.after = 0.0

    def judge(self, folds: list[Whole]) -> None:
        """Fit to all but some, and foretell these: is it better than before?"""
        told = np.zeros(2)
        rows = 0
        for fold in folds:
            self.found, self.unseen = self.start, fold  # what was found before had seen these
            others = np.setdiff1d(np.arange(self.record.people), self.unseen)
            self.climb(self.record.of_people(others), self.start)
            told += self.foretold()
            rows += int(self.record.lengths[self.unseen].sum())
        self.before, self.after = (told / max(rows, 1)).tolist()

    def finish(self) -> None:
        """What helped people unseen is fitted to everybody."""
        if self.after > self.before:
            self.climb(self.record, self.found)

    def climb(self, record: Record, start: Params) -> None:
        """Climb on a few people first, then on all."""
        self.found, self.begun = start, self.begun + 1
        rough = _drawn(record, ROUGH)
        for part in (rough, record) if rough.rows < record.rows else (record,):
            for better, loss in ascend(Task(part, self.free, self.found), self.found):
                self.found = better
                self.tell(loss)

    def tell(self, loss: float) -> None:
        """Progress only grows, and never beyond what was said to come."""
        rounds = 2 * ROUNDS * self.climbs
        self.round = min(max(self.round + 1, 2 * ROUNDS * (self.begun - 1)), rounds)
        if self.on_progress:
            self.on_progress(Progress(self.round, rounds, loss))

    def foretold(self) -> Floats:
        """Weighted log-likelihood of the people unseen, by the old parameters and the new, (2,)."""
        unseen = self.record.of_people(self.unseen)
        rows = log_likelihoods(unseen, (self.start, self.found)) * row_weights(unseen)
        return np.asarray(rows.sum(axis=1))

    def ended(self) -> Fit:
        """The result after the whole course."""
        better = self.after > self.before
        return Fit(self.found if better else self.start, self.before, self.after, not better)

    def stopped(self) -> Fit:
        """The result after being interrupted: what is there, if people unseen are foretold better."""
        if self.after <= self.before:
            rows = max(int(self.record.lengths[self.unseen].sum()), 1)
            self.before, self.after = (self.foretold() / rows).tolist()
        return replace(self.ended(), interrupted=True)


def _free_in(record: Record) -> tuple[Free, ...]:
    """What a record can teach. Where every ask was passed over in silence, silence says nothing."""
    rows = np.bincount(record.sort, minlength=len(record.sorts))
    deeds = [number for number, sort in enumerate(record.sorts) if sort.kind == DID]
    common = sorted(deeds, key=lambda number: (-rows[number], number))[:SORTS]
    sorts = sorted(record.sorts[number].item for number in common)
    asked = [number for number, sort in enumerate(record.sorts) if sort.kind == SILENT]
    answered = bool(record.value[np.isin(record.sort, asked)].any())
    return free_numbers(sorts, frozen=() if answered else (SILENT,))


def _drawn(record: Record, rows: int) -> Record:
    """People drawn until they have about so many rows; the same ones every time."""
    if record.rows <= rows:
        return record
    people = _shuffled(record.people)
    count = int(np.searchsorted(np.cumsum(record.lengths[people]), rows)) + 1
    return record.of_people(np.sort(people[:count]))


def _folds(people: int) -> list[Whole]:
    """Whom not to see in each climb: everybody once where people are few, else a fifth of them."""
    if people < 2:
        return []
    folds = [np.sort(fold) for fold in np.array_split(_shuffled(people), min(FOLDS, people))]
    return folds if people < _MANY_PEOPLE else folds[:1]


def _shuffled(people: int) -> Whole:
    return np.random.default_rng(0).permutation(people)
