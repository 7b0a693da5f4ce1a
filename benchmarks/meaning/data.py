"""Texts of which the groups are known: arguments by key point, questions to a bank by intent."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("EARNEST_DATA") or HERE.parent / "shared/data") / "text"
CHOSEN_ON = 8  # topics of the training part that levels were chosen on; the others are held out
INTENTS, EACH = 12, 25


@dataclass(frozen=True, slots=True)
class Sample:
    """One open question with its answers, and the group each belongs to."""

    kind: str
    name: str
    texts: list[str]
    groups: list[str]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def arguments(part: str) -> list[Sample]:
    """One sample a topic: the arguments that say exactly one key point."""
    said = {row["arg_id"]: row for row in _rows(f"kpa_arguments_{part}.csv")}
    points: dict[str, list[str]] = defaultdict(list)
    for row in _rows(f"kpa_labels_{part}.csv"):
        if row["label"] == "1":
            points[row["arg_id"]].append(row["key_point_id"])
    topics: dict[str, Sample] = {}
    for key, found in points.items():
        if len(found) != 1:
            continue
        row = said[key]
        sample = topics.setdefault(row["topic"], Sample("arguments", row["topic"], [], []))
        sample.texts.append(row["argument"])
        sample.groups.append(found[0])
    return list(topics.values())


def questions(seed: int) -> Sample:
    """Twelve intents of the 77, drawn, with twenty-five questions of each."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for row in _rows("banking77_train.csv"):
        by_intent[row["category"]].append(row["text"])
    names, dice = sorted(by_intent), np.random.default_rng(seed)
    drawn = [
        (text, names[one])
        for one in dice.choice(len(names), INTENTS, replace=False)
        for text in dice.permutation(by_intent[names[one]])[:EACH]
    ]
    texts, groups = zip(*drawn, strict=True)
    return Sample("questions", f"draw {seed}", [str(one) for one in texts], list(groups))


def held_out() -> list[Sample]:
    """Nothing was chosen on these: later topics of the training part, all of the other part, and
    draws of intents by other seeds."""
    later = arguments("train")[CHOSEN_ON + 2 :]
    return [*later, *arguments("dev"), *(questions(seed) for seed in range(100, 110))]


def for_choosing() -> list[Sample]:
    return [*arguments("train")[:CHOSEN_ON], *(questions(seed) for seed in range(5))]
