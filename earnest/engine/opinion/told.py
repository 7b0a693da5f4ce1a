"""What the counts say: representative of a group, uniting all, dividing.

Shares have a prior as strong as three people of each answer in every group: P(agree) = (A + 3)/(S + 9).
Two votes then stand for .45 and are never a majority; it takes four who agree with nobody against.
Polis' own prior is one vote of two (``POLIS``). z values are those of Polis: one proportion against a half,
two proportions pooled (Small and others 2021; Agresti and Caffo 2000 on adding votes).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from earnest.engine.opinion.found import Tally, Told
from earnest.engine.opinion.votes import Bools, Floats, Whole

CLEAR: Final = 1.2816  # z of one side in ten
AT_MOST: Final = 5  # statements of a list


class Prior(NamedTuple):
    """Votes added before any is cast: ``success`` of ``trials`` for shares, ``test`` of ``test_trials``
    for z values."""

    success: float
    trials: float
    test: float
    test_trials: float


OURS: Final = Prior(3.0, 9.0, 3.0, 9.0)
POLIS: Final = Prior(1.0, 2.0, 1.0, 1.0)


def share(success: Whole, trials: Whole, prior: Prior = OURS) -> Floats:
    """Of those who saw a statement, how many answered so: counts of one shape, in [0, 1]; with the
    prior, so that nobody's two votes are a share of one."""
    return (success + prior.success) / (trials + prior.trials)


def one_share(success: Whole, trials: Whole, prior: Prior = OURS) -> Floats:
    """z of a share being above one half, of counts of one shape; Polis' one-proportion test (Small et
    al. 2021), with the prior added to both."""
    of = trials + prior.test_trials
    z: Floats = 2 * np.sqrt(of) * ((success + prior.test) / of - 0.5)
    return z


def two_shares(
    here: tuple[Whole, Whole], there: tuple[Whole, Whole], prior: Prior = OURS
) -> Floats:
    """z of the share here being above the share there; (success, trials) each."""
    (success, trials), (others, of_others) = (
        (one + prior.test, of + prior.test_trials) for one, of in (here, there)
    )
    pooled = (success + others) / (trials + of_others)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 0.0) * (1 / trials + 1 / of_others))
    gap = success / trials - others / of_others
    return np.where(spread > 0, gap / np.where(spread > 0, spread, 1.0), 0.0)


def told_of(tally: Tally, counts: Bools) -> Told:
    """Everything said of each statement; ``counts`` (S,) those that may be in a list."""
    agrees, disagrees = share(tally.agree, tally.seen), share(tally.disagree, tally.seen)
    for_agree, for_disagree = (
        _against_others(tally, kind) for kind in (tally.agree, tally.disagree)
    )
    lean = agrees - disagrees
    told = Told(
        agrees,
        disagrees,
        for_agree,
        for_disagree,
        unites_for=agrees.prod(axis=0),
        unites_against=disagrees.prod(axis=0),
        divides=(lean.max(axis=0) - lean.min(axis=0)) / 2,
        holds=(),
        holds_for=(),
        united=(),
        united_against=(),
        divided=(),
    )
    return _with_lists(told, counts)


def _against_others(tally: Tally, kind: Whole) -> Floats:
    """z of each group's share against everybody else's, (G, S); 0 where there is nobody else."""
    if len(kind) == 1:
        return np.zeros(kind.shape)
    others, seen = kind.sum(axis=0) - kind, tally.seen.sum(axis=0) - tally.seen
    return two_shares((kind, tally.seen), (others, seen))


def _with_lists(told: Told, counts: Bools) -> Told:
    """The lists: best first, of what a majority holds by the shares with the prior."""
    held = [_held(told, group, counts) for group in range(len(told.agrees))]
    apart = counts & _opposed(told)
    return replace(
        told,
        holds=tuple(tuple(number for number, _ in one) for one in held),
        holds_for=tuple(tuple(agrees for _, agrees in one) for one in held),
        united=_best(told.unites_for, counts & (told.agrees > 0.5).all(axis=0)),
        united_against=_best(told.unites_against, counts & (told.disagrees > 0.5).all(axis=0)),
        divided=_best(told.divides, apart),
    )


def _held(told: Told, group: int, counts: Bools) -> list[tuple[int, bool]]:
    """What a majority of a group holds and clearly more of it than of everybody else."""
    z = np.stack([told.for_agree[group], told.for_disagree[group]])
    shares = np.stack([told.agrees[group], told.disagrees[group]])
    best = np.argmax(z * shares, axis=0)
    z, shares = (
        np.take_along_axis(z, best[None], 0)[0],
        np.take_along_axis(shares, best[None], 0)[0],
    )
    kept = counts & (z > CLEAR) & (shares > 0.5)
    return [(number, best[number] == 0) for number in _best(z * shares, kept)]


def _opposed(told: Told) -> Bools:
    """Most of one group agree and most of another disagree, or at least a quarter of the way between."""
    for_it, against = (told.agrees > 0.5).any(axis=0), (told.disagrees > 0.5).any(axis=0)
    opposed: Bools = (for_it & against) | (told.divides > 0.25)
    return opposed


def _best(values: Floats, kept: Bools) -> tuple[int, ...]:
    """The numbers of the largest, at most AT_MOST; equal ones in the order of statements."""
    order = np.lexsort((np.arange(len(values)), -np.round(values, 12)))
    return tuple(int(number) for number in order if kept[number])[:AT_MOST]
