"""Conversations for the tests of the opinion map, made by the tests or recorded by Polis."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from earnest.engine.opinion.votes import Groups, Votes, votes_from_codes, votes_from_rows

RECORDED: Final = Path(__file__).resolve().parents[3] / "tests/data/polis_math"


def conversation(
    people: int, statements: int, *, camps: int = 2, seen: float = 0.7, seed: int = 0
) -> tuple[Votes, Groups]:
    """People in camps that lean differently on each statement, and the camp of each."""
    dice = np.random.default_rng(seed)
    camp = dice.integers(camps, size=people).astype(np.int8)
    lean = dice.normal(0.0, 1.5, (camps, statements))
    voter, statement = np.nonzero(dice.random((people, statements)) < seen)
    score = lean[camp[voter], statement] + dice.normal(0.0, 0.7, len(voter))
    value = np.where(score > 0.4, 1, np.where(score < -0.4, -1, 0)).astype(np.int8)
    votes = votes_from_codes(
        voter, statement, value, voters=np.arange(people), statements=np.arange(statements)
    )
    return votes, camp


def from_matrix(matrix: Any) -> Votes:
    """Votes from rows of 1, 0, −1 and None."""
    cells = [
        (person, number, vote)
        for person, row in enumerate(matrix)
        for number, vote in enumerate(row)
        if vote is not None
    ]
    voter, statement, value = zip(*cells, strict=True) if cells else ((), (), ())
    width = max((len(row) for row in matrix), default=0)
    return votes_from_codes(
        np.array(voter, np.int64),
        np.array(statement, np.int64),
        np.array(value, np.int8),
        voters=np.arange(len(matrix)),
        statements=np.arange(width),
    )


def written_out(votes: Votes) -> np.ndarray[Any, Any]:
    """The votes as a dense matrix (P, S), NaN where there is none."""
    matrix = np.full((votes.people, votes.width), np.nan)
    matrix[np.repeat(np.arange(votes.people), votes.cast), votes.statement] = votes.value
    return matrix


@dataclass(frozen=True, slots=True)
class Recorded:
    """One conversation as Polis recorded it: ``told`` its own numbers, ``votes``, ``group`` of each voter by
    its group clusters, ``moderated`` numbers of statements."""

    told: dict[str, Any]
    votes: Votes
    group: Groups
    moderated: list[int]

    def number(self, statement: int) -> int:
        """The place of a statement by its id."""
        return int(self.told["tids"].index(statement))


def recorded(name: str) -> Recorded:
    told = json.loads((RECORDED / f"{name}.json").read_text())
    voter, statement, value = zip(*told["votes"], strict=True)
    votes = votes_from_rows(voter, statement, value, statements=told["tids"])
    members = dict(zip(told["base-clusters"]["id"], told["base-clusters"]["members"], strict=True))
    group_of = {
        person: cluster["id"]
        for cluster in told["group-clusters"]
        for base in cluster["members"]
        for person in members[base]
    }
    group = np.array([group_of.get(int(person), -1) for person in votes.voters], np.int8)
    moderated = [told["tids"].index(one) for one in told["mod-out"] if one in told["tids"]]
    return Recorded(told, votes, group, moderated)
