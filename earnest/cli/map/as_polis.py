"""``--polis DIR``: the conversation in Polis' own files, for whatever reads those.

Polis' ids are whole numbers. Where ours are texts they are numbered from 0 in their order, and stand in a
column ``xid`` beside, as Polis keeps the names others gave its participants; a statement without words
gets its id as its words. Readers want a time and an author: where one is not known the time is 0, and the
author a number that is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from earnest.cli.files.beside import beside, in_words
from earnest.cli.map.told import Told
from earnest.engine.opinion.exchange import (
    Participant,
    Statement,
    Vote,
    write_matrix,
    write_statements,
    write_summary,
    write_votes,
)

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids as Polis has them, and as they were where they were texts."""

    numbers: Sequence[str]
    xids: dict[str, str]

    @staticmethod
    def of(names: Sequence[str]) -> Ids:
        if all(map(_is_number, names)):
            return Ids(names, {})
        numbers = [str(number) for number in range(len(names))]
        return Ids(numbers, dict(zip(numbers, names, strict=True)))


def write_polis(told: Told, folder: Path) -> list[Path]:
    """Write the four files; each is whole or not there. Raises Stop."""
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
    voters, statements = Ids.of(told.ballots.voters), Ids.of(told.ballots.statements)
    contents = {
        "votes.csv": write_votes(_votes(told, voters, statements)),
        "comments.csv": _comments(told, voters, statements),
        "participants-votes.csv": write_matrix(
            _participants(told, voters, statements),
            statements.numbers,
            wrote=_wrote(told, voters),
            xids=voters.xids,
        ),
        "summary.csv": write_summary(_summary(told)),
    }
    for name, lines in contents.items():
        _write(folder / name, lines)
    return [folder / name for name in contents]


def _write(path: Path, lines: Iterable[str]) -> None:
    with beside(path) as place:
        some: list[str] = []
        for line in lines:
            some.append(line)
            if len(some) == AT_ONCE:
                place.file.write("".join(some).encode())
                some.clear()
        place.file.write("".join(some).encode())
        place.keep()


def _votes(told: Told, voters: Ids, statements: Ids) -> Iterator[Vote]:
    times, place = told.ballots.at, 0
    for voter, votes in _by_voter(told, voters, statements):
        some = None if times is None else times[place : place + len(votes)].tolist()
        place += len(votes)
        for number, (statement, vote) in enumerate(votes):
            yield Vote(voter, statement, vote, None if some is None else max(some[number], 0))


def _by_voter(
    told: Told, voters: Ids, statements: Ids
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    ballots, names = told.ballots, statements.numbers
    for first in range(0, len(voters.numbers), AT_ONCE):
        some = voters.numbers[first : first + AT_ONCE]
        starts = ballots.starts[first : first + len(some) + 1].tolist()
        which = ballots.statement[starts[0] : starts[-1]].tolist()
        value = ballots.value[starts[0] : starts[-1]].tolist()
        for place, voter in enumerate(some):
            a, b = starts[place] - starts[0], starts[place + 1] - starts[0]
            said = zip(which[a:b], value[a:b], strict=True)
            yield voter, [(names[one], vote) for one, vote in said]


def _participants(told: Told, voters: Ids, statements: Ids) -> Iterator[Participant]:
    groups = iter(told.groups().tolist())
    for (voter, votes), group in zip(_by_voter(told, voters, statements), groups, strict=True):
        yield Participant(voter, "" if group < 0 else str(group), tuple(votes))


def _comments(told: Told, voters: Ids, statements: Ids) -> Iterator[str]:
    number_of = dict(zip(told.ballots.voters, voters.numbers, strict=True))
    nobody = str(1 + max(map(int, voters.numbers), default=-1))
    tally = told.map.tally
    agree, disagree = tally.agree.sum(axis=0).tolist(), tally.disagree.sum(axis=0).tolist()
    counts = dict(zip(statements.numbers, zip(agree, disagree, strict=True), strict=True))
    found = []
    for number, name in zip(statements.numbers, told.ballots.statements, strict=True):
        one = told.known.get(name, Statement(name, ""))
        text = one.text or statements.xids.get(number, "")
        author = number_of.get(one.author, one.author if _is_number(one.author) else nobody)
        found.append(Statement(number, text, author, one.at, one.moderated))
    return write_statements(found, counts)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _wrote(told: Told, voters: Ids) -> dict[str, int]:
    """How many statements are by whom."""
    counts: dict[str, int] = {}
    number = dict(zip(told.ballots.voters, voters.numbers, strict=True))
    for one in told.known.values():
        if one.author in number:
            counts[number[one.author]] = counts.get(number[one.author], 0) + 1
    return counts


def _summary(told: Told) -> dict[str, object]:
    return {
        "voters": len(told.ballots.voters),
        "voters-in-conv": int(told.map.shapes.sum()),
        "commenters": len({one.author for one in told.known.values() if one.author}),
        "comments": len(told.ballots.statements),
        "groups": told.k,
    }
