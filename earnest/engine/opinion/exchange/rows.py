"""What the files of a space hold: votes, statements, participants; and what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

AGREE, PASS, DISAGREE = 1, 0, -1
FIRST, LAST = (
    -62_135_596_800_000,
    253_402_300_799_999,
)  # milliseconds a calendar has: years 1 to 9999
FORMULA = re.compile(r"\s*[=+\-@\t\r]")  # what a spreadsheet would begin to calculate


class Unreadable(Exception):
    """The file as a whole is not of this form; the sentence says what it lacks."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken: the line it begins on, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What one voter said to one statement; ``at`` in milliseconds since 1970, where it is known."""

    voter: str
    statement: str
    vote: int
    at: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement voted on; moderated is −1 where it was taken out, 1 where it was let in."""

    id: str
    text: str
    author: str = ""
    at: int | None = None
    moderated: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Participant:
    """A row of the matrix form: the votes of one, and Polis' group of them where it has one."""

    id: str
    group: str
    votes: tuple[tuple[str, int], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Counting:
    """The votes that count, one for each voter and statement; how many were said again."""

    votes: tuple[Vote, ...]
    repeated: int  # the same again
    changed: int  # another one later
    contradicting: int  # of these, at the very same moment: the later row counts


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: what separates its fields, their names in small letters, and as written."""

    delimiter: str
    names: tuple[str, ...]
    written: tuple[str, ...]

    def find(self, names: Iterable[str]) -> int | None:
        """Where the first of these names stands."""
        return next((self.names.index(name) for name in names if name in self.names), None)


def last_votes(votes: Iterable[Vote]) -> Counting:
    """The last vote of a voter on a statement counts: by its moment, else by the order of rows."""
    counting: dict[tuple[str, str], Vote] = {}
    repeated = changed = contradicting = 0
    for vote in votes:
        before = counting.get((vote.voter, vote.statement))
        if before is None:
            counting[vote.voter, vote.statement] = vote
            continue
        repeated += before.vote == vote.vote
        changed += before.vote != vote.vote
        contradicting += before.vote != vote.vote and before.at == vote.at
        if _moment(before) <= _moment(vote):
            counting[vote.voter, vote.statement] = vote
    return Counting(tuple(counting.values()), repeated, changed, contradicting)


def _moment(vote: Vote) -> float:
    """What has no moment comes before all that has."""
    return float("-inf") if vote.at is None else vote.at
