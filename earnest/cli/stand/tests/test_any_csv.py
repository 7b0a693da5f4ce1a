"""CSV as people and programs write it reads the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from earnest.cli.stand.tests.files import HEADER, Row, read, reasons, told, written
from earnest.cli.stop import Stop

PLAIN = f"{HEADER}\nJoan,2026-01-02,did,kept,1\nZoë 李,2026-01-03T10:00,said,matters,4\n"
MEANT = [
    Row("Joan", "2026-01-02", "did", "kept", 1),
    Row("Zoë 李", "2026-01-03T10:00:00Z", "said", "matters", 4),
]


def bytes_in(folder: Path, data: bytes) -> Path:
    path = folder / "evidence.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.rstrip().encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("\n", "\n\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("Joan", '"Joan"').encode(),
        PLAIN.replace("Zoë 李", '"Zoë 李"').replace("kept", '"kept"').encode(),
        PLAIN.replace("person,at", " Person , AT").encode(),
        PLAIN.replace(",1\n", ", 1.0 \n").replace("did", " Did").encode(),
    ],
    ids=[
        "plain",
        "no last newline",
        "byte order mark",
        "UTF-16",
        "CRLF",
        "CR",
        "blank lines",
        "semicolons",
        "tabs",
        "quotes",
        "more quotes",
        "header in capitals",
        "spaces around",
    ],
)
def test_the_same_rows_however_they_are_written(data: bytes, tmp_path: Path) -> None:
    rows, problems = read(bytes_in(tmp_path, data))
    assert problems.words() == []
    assert told(rows) == MEANT


def test_columns_stand_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    header = "value,team,kind,at,item,person"
    path = written(tmp_path, "1,North,did,2026-01-02,kept,Joan", header=header)
    assert told(read(path)[0]) == MEANT[:1]


def test_a_name_may_hold_commas_quotes_and_new_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Joan,2026-01-02,did,kept,1",
        '"Weiss, ""Jo""\nNorth",2026-01-02,did,kept,1',
        "Joan,2026-01-03,did,kept,7",
    )
    rows, problems = read(path)
    assert rows.people == ["Joan", 'Weiss, "Jo"\nNorth']
    assert [line for line, _ in problems.first] == [5], "a line is a line of the file"


def test_seen_rows_are_no_evidence_and_are_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "Joan,whenever,saw,a frown,maybe", "Joan,2026-01-02,did,kept,1")
    rows, problems = read(path)
    assert told(rows) == MEANT[:1]
    assert problems.count == 0


def test_a_header_alone_holds_nobody(tmp_path: Path) -> None:
    rows, problems = read(written(tmp_path))
    assert (len(rows), rows.people, problems.count) == (0, [], 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"person,at,kind\nJoan,2026-01-01,did\n", "names no column item and no value"),
        (b"person,at,kind,item,value,at\n", "names the column at twice"),
        (b"\x1f\x8b\x08\x00", "compressed"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(Stop, match=sentence):
        read(bytes_in(tmp_path, data))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"gone\.csv: No such file"):
        read(tmp_path / "gone.csv")
    with pytest.raises(Stop, match="directory"):
        read(tmp_path)


def test_a_quote_never_closed_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "Joan,2026-01-02,did,kept,1", '"Joan,2026-01-03,did,kept,1', "x")
    assert [line for line, _ in reasons(path)] == [3]
