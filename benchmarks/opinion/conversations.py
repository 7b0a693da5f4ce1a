"""Open Polis conversations, read as they were published, and made-up ones for speed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SEED: Final = 20261122


@dataclass(frozen=True, slots=True)
class Conversation:
    """Columns of votes in the order they were cast; ``moderated`` statements; ``group`` that Polis itself
    published, by participant."""

    name: str
    voter: NDArray[np.int64]
    statement: NDArray[np.int64]
    value: NDArray[np.int64]
    statements: NDArray[np.int64]
    moderated: list[int]
    group: dict[int, int]


def folder() -> Path | None:
    """Where the open conversations lie, beside the repository; None where they do not."""
    for parent in Path(__file__).resolve().parents:
        found = parent / "shared/data/polis"
        if found.is_dir():
            return found
    return None


def conversations() -> list[Conversation]:
    """All of them, by name; none where the folder is missing."""
    found = folder()
    return [read(one) for one in sorted(found.iterdir()) if one.is_dir()] if found else []


def read(one: Path) -> Conversation:
    votes, comments = rows(one / "votes.csv"), rows(one / "comments.csv")
    if votes and votes[0].get("timestamp"):
        votes.sort(key=lambda row: int(row["timestamp"]))
    voter, statement, value = (
        np.array([int(row[name]) for row in votes]) for name in ("voter-id", "comment-id", "vote")
    )
    moderated = [int(row["comment-id"]) for row in comments if int(row["moderated"]) == -1]
    known = {int(row["comment-id"]) for row in comments} | set(statement.tolist())
    group = {
        int(row["participant"]): int(row["group-id"])
        for row in rows(one / "participants-votes.csv")
        if row["group-id"]
    }
    statements = np.array(sorted(known))
    return Conversation(one.name, voter, statement, value, statements, moderated, group)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def made_up(people: int, statements: int, seen: float, camps: int = 3) -> Conversation:
    """People in camps who see a share of the statements, each in their own voice."""
    dice = np.random.default_rng(SEED)
    camp = dice.integers(camps, size=people)
    lean = dice.normal(0.0, 1.2, (camps, statements))
    voter, statement = np.nonzero(dice.random((people, statements), dtype=np.float32) < seen)
    score = lean[camp[voter], statement] + dice.normal(0.0, 1.0, len(voter))
    value = np.where(score > 0.5, 1, np.where(score < -0.5, -1, 0))
    named = f"{people:,} × {statements:,} made up"
    truth = {person: int(one) for person, one in enumerate(camp)}
    return Conversation(named, voter, statement, value, np.arange(statements), [], truth)


def as_dicts(one: Conversation) -> list[dict[str, Any]]:
    """The last vote of each on each, as the peer takes them."""
    last: dict[tuple[int, int], tuple[int, int]] = {}
    columns = zip(one.voter.tolist(), one.statement.tolist(), one.value.tolist(), strict=True)
    for number, (voter, statement, value) in enumerate(columns):
        last[voter, statement] = value, number
    return [
        {"participant_id": voter, "statement_id": statement, "vote": value, "modified": number}
        for (voter, statement), (value, number) in last.items()
    ]
