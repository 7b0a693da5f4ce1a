"""Files of votes for tests, and what is read of them."""

from __future__ import annotations

import random
from collections.abc import Container, Iterable
from pathlib import Path

from earnest.cli.files.problems import Problems
from earnest.cli.map.reading.files import Reading
from earnest.cli.map.reading.gathering import Ballots, Gathering

HEADER = "voter,statement,vote"
type Cast = dict[tuple[str, str], int]


def written(folder: Path, *rows: str, header: str = HEADER, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_bytes("".join(f"{row}\n" for row in (header, *rows)).encode())
    return path


def read(path: Path, known: Container[str] | None = None) -> tuple[Ballots, Problems]:
    into = Gathering()
    reading = Reading(path, into, Problems(path), known)
    for _ in reading.parts():
        pass
    return into.ballots(), reading.problems


def cast(ballots: Ballots) -> Cast:
    """The votes one by one."""
    found: Cast = {}
    for number, voter in enumerate(ballots.voters):
        for place in range(int(ballots.starts[number]), int(ballots.starts[number + 1])):
            statement = ballots.statements[int(ballots.statement[place])]
            assert (voter, statement) not in found
            found[voter, statement] = int(ballots.value[place])
    return found


def two_sides(people: int = 60, statements: int = 12, seed: int = 7) -> list[str]:
    """Rows of a conversation with two groups: each half agrees with what the other does not; the first
    statement unites them.
    """
    chance = random.Random(seed)
    return [
        f"{who},{what},{_vote(chance, who % 2, what)}"
        for who in range(people)
        for what in range(statements)
        if chance.random() < 0.9
    ]


def _vote(chance: random.Random, side: int, what: int) -> int:
    if chance.random() < 0.1:
        return 0
    agrees = what == 0 or what % 2 == side
    return 1 if agrees == (chance.random() < 0.9) else -1


def lines(rows: Iterable[str]) -> str:
    return "\n".join([HEADER, *rows]) + "\n"
