"""Calling ``earnest stand`` in the tests, and reading what it wrote."""

from __future__ import annotations

import csv
from pathlib import Path

from earnest.cli import verbs

type Table = list[dict[str, str]]


def stand(evidence: Path, *words: str) -> int:
    return verbs.run(["stand", str(evidence), *words])


def table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def standing(evidence: Path, *words: str) -> Table:
    out = evidence.with_name("standing.csv")
    assert stand(evidence, "--out", str(out), *words) == 0
    return table(out)


def predicted(evidence: Path, *words: str) -> Table:
    out = evidence.with_name("predicted.csv")
    assert stand(evidence, "--prequential", str(out), *words) == 0
    return table(out)
