"""Peers of the engine, each trained on the same rows: simple readings, and two learners.

Every peer is `train(rows) -> chances(rows)`, one chance for each `did` in their order.
What a learner leaves open is chosen by cross-validation over people, never on the tested ones.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np

from benchmarks.belief.features import before, features, sorts_of
from benchmarks.belief.rows import SAID, Floats, Ints, Rows
from benchmarks.belief.scores import log_loss

Chances = Callable[[Rows], Floats]
Train = Callable[[Rows], Chances]
FOLDS = 5
STRENGTHS = (0.001, 0.005, 0.02, 0.1, 0.5)
TREES = (
    {"max_leaf_nodes": 4, "min_samples_leaf": 10},
    {"max_leaf_nodes": 12, "min_samples_leaf": 30},
)
MOST_TREES = 170


def last_answer(rows: Rows) -> Chances:
    """The share of deeds done after such a last answer (none, 1 to 5), held towards the whole."""
    answers, share = _last(rows), base(rows)
    done, due = deeds(rows), np.ones(rows.deeds.sum())
    shares = [
        (done[answers == level].sum() + 4 * share) / (due[answers == level].sum() + 4)
        for level in range(6)
    ]
    return lambda other: np.array(shares)[_last(other)]


def _last(rows: Rows) -> Ints:
    found = before(rows, rows.starts, rows.kind == SAID).last[rows.deeds]
    return np.nan_to_num(found).astype(np.int64)


def mean_answer(rows: Rows) -> Chances:
    """A logistic curve over the mean of the answers so far, and whether there are any."""
    return _logistic(rows, _mean, strengths=(0.1, 1.0, 10.0))


def _mean(rows: Rows) -> Floats:
    return before(rows, rows.starts, rows.kind == SAID).mean[rows.deeds][:, None]


def deeds_only(rows: Rows) -> Chances:
    """The share of deeds done so far, smoothed: (done + a·p) / (due + a), a by likelihood."""
    share = base(rows)

    def smoothed(other: Rows, weight: float) -> Floats:
        so_far = before(other, other.starts, other.deeds)
        count, mean = so_far.count[other.deeds], np.nan_to_num(so_far.mean[other.deeds])
        return (count * mean + weight * share) / (count + weight)

    weights = np.geomspace(0.3, 30, 25)
    best = min(weights, key=lambda weight: log_loss(smoothed(rows, weight), deeds(rows)))
    return lambda other: smoothed(other, best)


def logistic_regression(rows: Rows) -> Chances:
    """All features, standardised, L2; its strength by cross-validation."""
    sorts = sorts_of(rows)
    return _logistic(rows, lambda some: features(some, sorts), STRENGTHS)


def _logistic(rows: Rows, read: Callable[[Rows], Floats], strengths: Iterable[float]) -> Chances:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    lines, done = read(rows), deeds(rows)
    if one_sided(done):
        return constant(rows)

    def learner(strength: float) -> Any:
        return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=300))

    def missed(strength: float) -> float:
        return cross_validated(lambda: learner(strength), marked(lines), done, folds(rows))

    chosen = learner(min(strengths, key=missed))
    chosen.fit(marked(lines), done)
    return lambda other: cast("Floats", chosen.predict_proba(marked(read(other)))[:, 1])


def marked(lines: Floats) -> Floats:
    """Unknown becomes 0 and a column that says so: straight lines have no NaN."""
    unknown = np.isnan(lines)
    return np.column_stack([np.where(unknown, 0, lines), unknown])


def gradient_boosting(rows: Rows) -> Chances:
    """Histogram trees on all features; the number and the size of trees by cross-validation."""
    sorts = sorts_of(rows)
    lines, done = below_all(features(rows, sorts)), deeds(rows)
    if one_sided(done):
        return constant(rows)
    found = [(*stopped_early(size, lines, done, folds(rows)), size) for size in TREES]
    _, count, size = min(found, key=lambda one: one[0])
    if count == 0:
        return constant(rows)
    chosen = trees(size, count).fit(lines, done)
    return lambda other: cast(
        "Floats", chosen.predict_proba(below_all(features(other, sorts)))[:, 1]
    )


def below_all(lines: Floats) -> Floats:
    """Unknown becomes -1, below every known number: a tree can tell it apart by one cut."""
    return np.where(np.isnan(lines), -1, lines)


def trees(size: dict[str, int], count: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        learning_rate=0.09,
        max_iter=count,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
        **size,
    )


def stopped_early(
    size: dict[str, int], lines: Floats, done: Ints, parts: Ints
) -> tuple[float, int]:
    """The least log-loss on people left out, and after how many trees (perhaps none)."""
    missed = np.zeros(MOST_TREES + 1)
    for part in range(3):
        kept = parts % 3 != part
        if one_sided(done[kept]) or kept.all():
            continue
        weight = (~kept).sum()
        missed[0] += weight * log_loss(np.full(weight, done[kept].mean()), done[~kept])
        grown = trees(size, MOST_TREES).fit(lines[kept], done[kept])
        for count, chances in enumerate(grown.staged_predict_proba(lines[~kept]), 1):
            missed[count] += weight * log_loss(chances[:, 1], done[~kept])
    return float(missed.min()), int(missed.argmin())


def cross_validated(learner: Callable[[], Any], lines: Floats, done: Ints, parts: Ints) -> float:
    """Log-loss summed over people left out."""
    missed = 0.0
    for part in range(FOLDS):
        kept = parts != part
        if one_sided(done[kept]) or kept.all():
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            chances = learner().fit(lines[kept], done[kept]).predict_proba(lines[~kept])[:, 1]
        missed += log_loss(chances, done[~kept]) * len(chances)
    return missed


def folds(rows: Rows) -> Ints:
    """People, not deeds, are left out together."""
    return cast(
        "Ints",
        np.random.default_rng(7).permutation(rows.person.max() + 1)[rows.person[rows.deeds]]
        % FOLDS,
    )


def deeds(rows: Rows) -> Ints:
    return rows.value[rows.deeds]


def base(rows: Rows) -> float:
    """The share done, held a little towards a half."""
    done = deeds(rows)
    return float((done.sum() + 1) / (len(done) + 2))


def constant(rows: Rows) -> Chances:
    share = base(rows)
    return lambda other: np.full(int(other.deeds.sum()), share)


def one_sided(done: Ints) -> bool:
    return len(np.unique(done)) < 2


PEERS: dict[str, Train] = {
    "last answer": last_answer,
    "mean answer": mean_answer,
    "deeds only": deeds_only,
    "logistic regression": logistic_regression,
    "gradient boosting": gradient_boosting,
}
