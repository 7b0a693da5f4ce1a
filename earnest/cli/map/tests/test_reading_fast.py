"""What is read in blocks is what is read row by row; each form of file holds the same votes."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import pytest

from earnest.cli.map.reading import files
from earnest.cli.map.tests.files import cast, read, written
from earnest.engine.opinion.exchange import Problem, Vote, last_votes, read_votes

ROOT = Path(__file__).resolve().parents[4]
POLIS = Path(os.environ.get("EARNEST_DATA") or ROOT.parent / "shared/data") / "polis"
IDS = [
    "0",
    "7",
    "007",
    "19",
    "Zoë",
    "騎士",
    "a b",
    "12345678",
    "123456789012345678",
    "-3",
    "1e5",
    "'x",
]
ODD = [
    "7,3,5",
    "7,3",
    ",3,1",
    '"a,b",3,1',
    '"a\nb",3,1',
    " 7 ,3,1",
    "7,3,+1",
    "7,3,1.0",
    '7,"3",1',
    "",
]


def exactly(path: Path) -> tuple[dict[tuple[str, str], int], list[tuple[int, str]]]:
    """By the plain reader, row by row."""
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    found = list(read_votes(io.StringIO(text, newline="")))
    counting = last_votes([one for one in found if isinstance(one, Vote)])
    bad = [(one.line, one.reason) for one in found if isinstance(one, Problem)]
    return {(one.voter, one.statement): one.vote for one in counting.votes}, bad


def rows(seed: int, ids: list[str], odd: int) -> list[str]:
    chance = random.Random(seed)
    made = [
        f"{chance.choice(ids)},{chance.choice(ids)},{chance.randint(-1, 1)}" for _ in range(400)
    ]
    for _ in range(odd):
        made.insert(chance.randrange(len(made)), chance.choice(ODD))
    return made


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blocks_read_as_rows_do(
    seed: int, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BLOCK", 256)
    ids = [str(number) for number in range(9)] if seed % 3 == 0 else IDS
    path = tmp_path / "votes.csv"
    made = ["voter,statement,vote", *rows(seed, ids, odd=seed % 4)]
    path.write_bytes(end.join(made).encode() + (b"" if seed % 2 else end.encode()))
    ballots, problems = read(path)
    votes, bad = exactly(path)
    assert cast(ballots) == votes
    assert problems.first == bad


@pytest.mark.parametrize("seed", range(6))
def test_the_last_by_time_counts_however_rows_stand(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BLOCK", 512)
    chance = random.Random(seed)
    header = "timestamp,datetime,comment-id,voter-id,vote"
    times = [str(1403054214196 + chance.randint(0, 50)) for _ in range(300)]
    made = [
        f"{chance.choice([when, when, '']) if seed % 2 else when},Wed Jun 18,{chance.randint(0, 4)},{chance.randint(0, 9)},{chance.randint(-1, 1)}"
        for when in times
    ]
    path = written(tmp_path, *made, header=header)
    ballots, _ = read(path)
    assert cast(ballots) == exactly(path)[0]
    assert ballots.rows == len(made)
    assert ballots.repeated + ballots.changed == len(made) - len(ballots.value)


def test_no_order_of_rows_changes_the_order_of_ids(tmp_path: Path) -> None:
    made = [f"{who},{what},1" for who in ("10", "9", "é", "Z", "a") for what in ("b", "2", "11")]
    one, _ = read(written(tmp_path, *made))
    other, _ = read(written(tmp_path, *reversed(made), name="other.csv"))
    assert one.voters == other.voters == ["9", "10", "Z", "a", "é"]
    assert one.statements == other.statements == ["2", "11", "b"]


def test_a_contradiction_at_one_moment_is_counted_and_the_later_row_counts(tmp_path: Path) -> None:
    header = "timestamp,comment-id,voter-id,vote"
    ballots, _ = read(written(tmp_path, "5,0,1,1", "5,0,1,-1", "9,0,1,-1", header=header))
    assert cast(ballots) == {("1", "0"): -1}
    assert (ballots.repeated, ballots.changed, ballots.contradicting) == (1, 1, 1)


def test_utf16_and_old_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes("voter;statement;vote\r\né;1;-1\r\n".encode("utf-16"))
    assert cast(read(path)[0]) == {("é", "1"): -1}
    path.write_bytes(b"\xef\xbb\xbfvoter,statement,vote\r1,2,1\r3,2,0\r")
    assert cast(read(path)[0]) == {("1", "2"): 1, ("3", "2"): 0}


def test_unknown_statements_are_named_by_line(tmp_path: Path) -> None:
    path = written(tmp_path, "1,0,1", "1,9,1", "2,0,1")
    ballots, problems = read(path, {"0"})
    assert problems.first == [(3, "statement '9' is not among the comments.")]
    assert cast(ballots) == {("1", "0"): 1, ("2", "0"): 1}


@pytest.mark.skipif(not POLIS.is_dir(), reason="the open conversations are not here")
@pytest.mark.parametrize(
    "name", sorted(one.name for one in POLIS.iterdir()) if POLIS.is_dir() else []
)
def test_the_matrix_of_an_open_conversation_holds_its_votes(name: str) -> None:
    votes, bad = read(POLIS / name / "votes.csv")
    matrix, worse = read(POLIS / name / "participants-votes.csv")
    assert not bad.count
    assert not worse.count
    assert cast(votes) == cast(matrix)
    assert cast(votes) == exactly(POLIS / name / "votes.csv")[0]
