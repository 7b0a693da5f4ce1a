"""Polis' files are read row by row, and every row that cannot be taken is named by its line."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from earnest.engine.opinion.exchange import (
    Participant,
    Problem,
    Statement,
    Unreadable,
    Vote,
    last_votes,
    read_matrix,
    read_statements,
    read_votes,
)

ROOT = Path(__file__).resolve().parents[3]
POLIS = Path(os.environ.get("EARNEST_DATA") or ROOT.parent / "shared/data") / "polis"


def lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def test_polis_own_columns_are_read() -> None:
    text = "timestamp,datetime,comment-id,voter-id,vote\n1403,Wed Jun 18,0,7,-1\n"
    assert list(read_votes(lines(text))) == [Vote("7", "0", -1, 1403, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "voter,statement,vote\nZoë,§1,1\n",
        "\ufeffvoter;statement;vote\r\nZoë;§1;1\r\n",
        'vote\tvoter_id\tcomment_id\n"1"\t"Zoë"\t§1\n',
        "Vote,Voter,Statement,team\n1.0, Zoë ,§1,North\n\n",
    ],
)
def test_three_columns_of_any_ids_order_and_delimiter_are_read(text: str) -> None:
    assert list(read_votes(lines(text))) == [Vote("Zoë", "§1", 1, None, 2)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("7,3,2", "vote '2' is none of -1"),
        ("7,3,", "vote is empty"),
        ("7,3,yes", "vote 'yes' is none of"),
        ("7,3,nan", "vote 'nan' is none of"),
        ("7,9,1", "statement '9' is not among the comments"),
        (",3,1", "voter is empty"),
        ("7,,1", "statement is empty"),
        ("7,3", "2 fields, but the first line names 3"),
        ("7,3,1,1", "4 fields, but the first line names 3"),
        (f"{'x' * 2000},3,1", "longer than 1,000 characters"),
        ("\udceb,3,1", "is not UTF-8"),
        ('"7"x,3,1', "this is no CSV"),
    ],
)
def test_a_bad_row_is_named_by_line_and_reason(row: str, reason: str) -> None:
    text = f"voter,statement,vote\n7,3,1\n{row}\n8,3,1\n"
    found = list(read_votes(lines(text), known={"3"}))
    assert isinstance(found[1], Problem)
    assert found[1].line == 3
    assert reason in found[1].reason
    found[1].reason.encode()
    assert [one.line for one in found] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "it is empty"),
        ("\n", "it is empty"),
        ("voter,vote\n", "names no column statement"),
        ("a,b\n", "names no column voter and no statement and no vote"),
        ("voter,statement,vote,vote\n", "names the column vote twice"),
        ("voter,statement,vote,voter\n", "names the column voter twice"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        list(read_votes(lines(text)))


@pytest.mark.parametrize("at", ["253402300800000", "99999999999999999", "-62135596800001"])
def test_a_time_no_calendar_has_is_named_by_line(at: str) -> None:
    text = f"timestamp,comment-id,voter-id,vote\n5,3,7,1\n{at},3,8,1\n"
    (_first, bad) = read_votes(lines(text))
    assert bad == Problem(3, f"timestamp '{at}' is in no year from 1 to 9999.")


def test_the_last_vote_counts_by_time_and_else_by_row() -> None:
    early, late = Vote("a", "1", 1, 5), Vote("a", "1", -1, 9)
    assert last_votes([late, early]).votes == (late,)
    assert last_votes([early, late]).votes == (late,)
    first, second = Vote("a", "1", 1), Vote("a", "1", -1)
    counting = last_votes([first, second, second])
    assert counting.votes == (second,)
    assert (counting.repeated, counting.changed, counting.contradicting) == (1, 1, 1)


def test_what_has_no_moment_comes_before_what_has() -> None:
    timed, untimed = Vote("a", "1", 1, 5), Vote("a", "1", -1)
    assert last_votes([timed, untimed]).votes == (timed,)


def test_comments_hold_line_breaks_and_are_said_once() -> None:
    text = 'comment-id,moderated,comment-body\n0,-1,"one\ntwo, ""three"""\n0,1,again\n1,2,x\n2,,y\n'
    found = list(read_statements(lines(text)))
    assert found[0] == Statement("0", 'one\ntwo, "three"', moderated=-1, line=2)
    assert found[1] == Problem(4, "statement '0' stands on line 2 already.")
    assert isinstance(found[2], Problem)
    assert "moderated '2'" in found[2].reason
    assert found[3] == Statement("2", "y", line=6)


def test_a_matrix_is_read_a_participant_a_row() -> None:
    text = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,7\n3,,1,0,1,0,1,,-1\n"
    assert list(read_matrix(lines(text))) == [Participant("3", "1", (("7", -1),), 2)]
    (problem,) = read_matrix(lines(text.replace(",-1\n", ",5\n")))
    assert isinstance(problem, Problem)
    assert "statement '7': vote '5'" in problem.reason


@pytest.mark.skipif(not POLIS.is_dir(), reason="the open conversations are not here")
@pytest.mark.parametrize(
    "name", sorted(one.name for one in POLIS.iterdir()) if POLIS.is_dir() else []
)
def test_every_open_conversation_is_read_without_a_problem(name: str) -> None:
    with (POLIS / name / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        statements = list(read_statements(file))
    known = {one.id for one in statements if isinstance(one, Statement)}
    with (POLIS / name / "votes.csv").open(encoding="utf-8-sig", newline="") as file:
        votes = list(read_votes(file, known=known))
    with (POLIS / name / "participants-votes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(read_matrix(file, known=known))
    assert not [one for one in (*statements, *votes, *rows) if isinstance(one, Problem)]
    counting = last_votes([one for one in votes if isinstance(one, Vote)])
    cast = sum(len(one.votes) for one in rows if isinstance(one, Participant))
    assert abs(len(counting.votes) - cast) <= 0.02 * cast, "Polis' matrix leaves some of them out"
