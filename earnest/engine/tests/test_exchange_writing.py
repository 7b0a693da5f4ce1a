"""What is written in Polis' form is read again as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest

from earnest.engine.opinion.exchange import (
    Participant,
    Statement,
    Vote,
    read_matrix,
    read_statements,
    read_votes,
    write_matrix,
    write_moment,
    write_statements,
    write_votes,
)

TEXTS = ["plain", 'with "quotes", commas', "two\nlines", "騎士", "=1+1", "-2 a week", "  kept", "'"]


def file(lines: Iterable[str]) -> io.StringIO:
    return io.StringIO("".join(lines), newline="")


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back(text: str) -> None:
    said = Statement("7", text.strip(), "3", 1403054214196, -1, 2)
    written = list(write_statements([said], {"7": (4, 2)}))
    assert list(read_statements(file(written))) == [said]
    (row,) = csv.DictReader(file(written))
    assert (row["agrees"], row["disagrees"]) == ("4", "2")
    assert not row["comment-body"].startswith(("=", "-"))


@pytest.mark.parametrize("timed", [True, False])
def test_votes_come_back(timed: bool) -> None:
    votes = [Vote("1", "0", -1, 1403054214196, 2), Vote("=x", "0", 0, 1403054214197, 3)]
    written = file(write_votes(votes, timed=timed))
    found = list(read_votes(written))
    assert found == (votes if timed else [Vote("1", "0", -1, line=2), Vote("=x", "0", 0, line=3)])


def test_a_time_is_written_in_english() -> None:
    assert write_moment(1403054214196) == "Wed Jun 18 01:16:54 UTC 2014"


def test_a_matrix_comes_back_with_its_counts() -> None:
    rows = [Participant("3", "1", (("0", 1), ("7", -1)), 2), Participant("4", "", (), 3)]
    written = list(write_matrix(rows, ["0", "7"], wrote={"3": 2}))
    assert written[1] == "3,1,2,2,1,1,1,-1\n"
    assert list(read_matrix(file(written))) == rows
