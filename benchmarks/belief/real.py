"""A real case: 585 people, what they answered about a behaviour and whether they did it.

How it is told to the forecasters, decided before anything was fitted: attitude is `matters`,
control is `doable`, intention is `owns`; the mean of the four answers of 1 to 7, brought to 1
to 5 and rounded, as a check-in would have asked it. Norm (what others expect) is none of the four
conditions and is left out. Behaviour above the middle of its scale is done; one deed each, four
weeks later. The file has no dates: these are ours, and the same for all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.belief.asked import BEGUN
from benchmarks.belief.contest import ENGINE, FORECASTERS, mean_scores
from benchmarks.belief.peers import deeds
from benchmarks.belief.rows import DID, SAID, Floats, Row, columns
from benchmarks.belief.scores import Scores, bins, difference, losses, scores

FILE = Path(__file__).resolve().parents[2] / "tests/data/said_vs_did/tpb_uk.csv"
AS_CONDITION = {"att": "matters", "pbc": "doable", "int": "owns"}
MIDDLE = 4.0
LATER = 28.0
SPLITS = 5
SEED = 20_261_122
RAW = "logistic regression on all 16 answers as given"


@dataclass(frozen=True, slots=True)
class Case:
    """What each forecaster reached over all splits; `behind` as in the contest."""

    people: int
    done: float
    scores: dict[str, Scores]
    behind: dict[str, tuple[float, float]]
    bins: Floats


def case(splits: int = SPLITS) -> Case:
    """Fitted on one half, tested on the other, and the other way round; several splits."""
    answers = read()
    rows = columns(told(answers))
    everyone, done = np.arange(rows.people), deeds(rows)
    lost: dict[str, Floats] = {}
    found: dict[str, list[Scores]] = {}
    kept: list[tuple[Floats, Floats]] = []
    for fit_on in halves(rows.people, splits):
        tested = np.setdiff1d(everyone, fit_on)
        halved = rows.of(np.isin(rows.person, fit_on)), rows.of(np.isin(rows.person, tested))
        chances = {name: train(halved[0])(halved[1]) for name, train in FORECASTERS.items()}
        chances[RAW] = raw(answers[fit_on], done[fit_on], answers[tested])
        kept.append((chances[ENGINE], done[tested].astype(float)))
        for name, chance in chances.items():
            found.setdefault(name, []).append(scores(chance, done[tested]))
            lost.setdefault(name, np.zeros(rows.people))[tested] += losses(chance, done[tested])
    ours = lost[ENGINE] / splits
    return Case(
        rows.people,
        float(done.mean()),
        {name: mean_scores(made) for name, made in found.items()},
        {name: difference(ours, one / splits, everyone) for name, one in lost.items()},
        bins(*(np.concatenate(column) for column in zip(*kept, strict=True))),
    )


def halves(people: int, splits: int) -> Iterator[np.ndarray]:
    """Each split gives both of its halves to fit on, so everyone is tested once a split."""
    for number in range(splits):
        order = np.random.default_rng([SEED, number]).permutation(people)
        yield np.sort(order[: people // 2])
        yield np.sort(order[people // 2 :])


def read() -> Floats:
    """(people, 20): att, pbc, int, sn, beh, four answers each."""
    with FILE.open(newline="") as file:
        lines = list(csv.DictReader(file))
    names = [
        f"{part}{number}" for part in ("att", "pbc", "int", "sn", "beh") for number in range(1, 5)
    ]
    return np.array([[float(line[name]) for name in names] for line in lines])


def told(answers: Floats) -> Iterator[Row]:
    means = answers.reshape(len(answers), 5, 4).mean(axis=2)
    for number, (*levels, _, behaviour) in enumerate(means):
        for condition, level in zip(AS_CONDITION.values(), levels, strict=True):
            yield Row(f"{number:04d}", BEGUN, SAID, condition, to_five(level))
        yield Row(f"{number:04d}", BEGUN + LATER, DID, "kept", int(behaviour > MIDDLE))


def to_five(level: float) -> int:
    """1 to 7 → 1 to 5; halves are rounded up."""
    return int(1 + (level - 1) * 4 / 6 + 0.5)


def raw(answers: Floats, done: np.ndarray, others: Floats) -> Floats:
    """What the file itself gives away, before anything was rounded or left out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    learner = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    chances: Floats = learner.fit(answers[:, :16], done).predict_proba(others[:, :16])[:, 1]
    return chances
