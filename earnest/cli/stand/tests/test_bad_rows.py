"""What cannot be taken is named by its line, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from earnest.cli.files.problems import SHOWN
from earnest.cli.stand.tests.files import read, reasons, told, written

GOOD = "Joan,2026-01-02,did,kept,1"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Joan,2026-01-02,felt,kept,1", "kind 'felt' is none of"),
        ("Joan,2026-01-02,,kept,1", "kind '' is none of"),
        ("Joan,2026-01-02,did,kept,2", "is 0 or 1, not 2"),
        ("Joan,2026-01-02,did,kept,-1", "is 0 or 1, not -1"),
        ("Joan,2026-01-02,said,matters,0", "from 1 to 5, not 0"),
        ("Joan,2026-01-02,said,matters,6", "from 1 to 5, not 6"),
        ("Joan,2026-01-02,said,the weather,3", "the weather"),
        ("Joan,2026-01-02,did,kept,", "value is empty"),
        ("Joan,2026-01-02,did,kept,yes", "value 'yes' is no number"),
        ("Joan,2026-01-02,did,kept,0.5", "value '0.5' is no whole number"),
        ("Joan,2026-01-02,did,kept,nan", "value 'nan' is no number"),
        ("Joan,2026-01-02,did,kept,1e999", "value '1e999' is no number"),
        ("Joan,2026-01-02,did,kept,99999999999999999999", "no whole number that fits"),
        ("Joan,,did,kept,1", "at is empty"),
        ("Joan,soon,did,kept,1", "at 'soon' is no date or time"),
        ("Joan,2026-02-30,did,kept,1", "at '2026-02-30' is no date or time"),
        ("Joan,2026-01-02T25:00,did,kept,1", "is no date or time"),
        ("Joan,2026-01-02é10:00,did,kept,1", "is no date or time"),
        ("Joan,0001-01-01T00:00+14:00,did,kept,1", "outside the years 1 to 9999"),
        (",2026-01-02,did,kept,1", "person is empty"),
        ("  ,2026-01-02,did,kept,1", "person is empty"),
        (f"{'x' * 2000},2026-01-02,did,kept,1", "longer than 1,000"),
        (f"Joan,2026-01-02,did,{'x' * 200},1", "longer than 100"),
        ("Joan,2026-01-02,did,a\x01b,1", "cannot be printed"),
        ("Joan,2026-01-02,did,kept", "4 fields, but the first line names 5"),
        ("Joan,2026-01-02,did,kept,1,1", "6 fields, but the first line names 5"),
        ('"Joan"x,2026-01-02,did,kept,1', "this is no CSV"),
    ],
)
def test_a_bad_row_is_named_by_line_and_reason(line: str, reason: str, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, line, GOOD)
    rows, problems = read(path)
    assert [number for number, _ in problems.first] == [3]
    assert reason in problems.first[0][1]
    assert len(told(rows)) == 2, "the good ones stand"


def test_bytes_that_are_no_utf8_are_named(tmp_path: Path) -> None:
    path = tmp_path / "evidence.csv"
    path.write_bytes(
        b"person,at,kind,item,value\nJoan,2026-01-02,did,kept,1\nZo\xeb,2026-01-02,did,kept,1\n"
    )
    ((line, reason),) = reasons(path)
    assert line == 3
    assert "not UTF-8" in reason
    reason.encode()


def test_the_first_twenty_are_named_and_the_others_counted(tmp_path: Path) -> None:
    _, problems = read(written(tmp_path, *["Joan,soon,did,kept,1"] * 57))
    said = problems.words()
    assert len(said) == SHOWN + 1
    assert f"{tmp_path / 'evidence.csv'}: line 2: at 'soon'" in said[0]
    assert said[-1].endswith("and 37 more.")


def test_whoever_is_only_in_bad_rows_is_nobody(tmp_path: Path) -> None:
    rows, _ = read(written(tmp_path, "Ben,soon,did,kept,1", GOOD))
    assert rows.people == ["Joan"]
