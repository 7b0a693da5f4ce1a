"""Parquet of other programs reads as the CSV of the same rows; ours comes back as it was written.

The files in ``parquet/`` were made by pyarrow 26, pandas 3.1, polars 2.1 and duckdb 2.0 from the rows of
``same.csv``: every compression, encoding and type of time that these write.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from earnest.cli.stand.parquet import write
from earnest.cli.stand.parquet.read import open_table
from earnest.cli.stand.parquet.write import ParquetTable
from earnest.cli.stand.tests.calls import stand, table
from earnest.cli.stand.tests.files import HEADER, Row, read, told
from earnest.cli.stop import Stop

HERE = Path(__file__).parent / "parquet"
FILES = sorted(HERE.glob("*.parquet"))
COLUMNS = {"person": str, "at": str, "kind": str, "item": str, "value": int}
ROW = Row("Zoë, 李", "2026-01-02", "did", "kept", 1)


def ours(folder: Path, *groups: Sequence[Row]) -> Path:
    path = folder / "ours.parquet"
    with path.open("wb") as file:
        table = ParquetTable(file, COLUMNS)
        for rows in groups:
            table.add(rows)
        table.end()
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_of_other_programs_hold_the_same_rows(path: Path) -> None:
    rows, problems = read(path)
    assert problems.words() == []
    assert told(rows) == told(read(HERE / "same.csv")[0])


def test_there_are_such_files() -> None:
    assert len(FILES) == 16


@pytest.mark.parametrize("in_memory", [1, write.IN_MEMORY])
def test_what_is_written_comes_back(
    in_memory: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "IN_MEMORY", in_memory)
    many = [ROW._replace(person=f"{number}", item="") for number in range(300)]
    path = ours(tmp_path, [ROW] * 3, many, [])
    assert told(read(path)[0]) == [*[ROW] * 3, *many]
    assert list(tmp_path.iterdir()) == [path], "what waited is gone"


def test_a_table_of_no_rows_comes_back(tmp_path: Path) -> None:
    assert told(read(ours(tmp_path))[0]) == []


def test_a_name_of_any_ending_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    path = ours(tmp_path, [ROW]).rename(tmp_path / "evidence.dat")
    assert told(read(path)[0]) == [ROW]


def test_a_bad_row_is_named_by_its_number_however_far_down(tmp_path: Path) -> None:
    rows, problems = read(ours(tmp_path, [ROW] * 60_000, [ROW._replace(value=7), ROW]))
    assert problems.words() == [
        f"{tmp_path / 'ours.parquet'}: row 60,001: “did” is 0 or 1, not 7.",
    ]
    assert len(rows) == 60_001


def test_bad_rows_are_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    path, out = ours(tmp_path, [ROW, ROW._replace(at="soon")]), tmp_path / "out.csv"
    with pytest.raises(Stop, match="1 row is bad; nothing was written"):
        stand(path, "--out", str(out))
    assert stand(path, "--out", str(out), "--skip-bad") == 0
    assert [row["rows"] for row in table(out)] == ["1"]


def test_a_column_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "few.parquet"
    with path.open("wb") as file:
        ParquetTable(file, {"person": str, "at": str}).end()
    with pytest.raises(Stop, match=r"few\.parquet: .*no column kind and no item and no value"):
        read(path)


def test_a_column_of_lists_is_refused_where_it_is_needed() -> None:
    path = HERE / "pyarrow-nested.parquet"
    with path.open("rb") as file, open_table(file, ["person", "nested"]) as found:
        assert set(found.names) >= {*HEADER.split(","), "nested", "st"}
        with pytest.raises(Stop, match="column nested holds more than one value a row"):
            next(found.rows(["person", "nested"]))


class Full(io.BytesIO):
    """A disk without room."""

    name = "/tmp/full.parquet"  # noqa: S108 -- nothing is written there

    def write(self, data: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    table = ParquetTable(Full(), COLUMNS)
    table.add([ROW])
    with pytest.raises(OSError, match="No space left on device"):
        table.end()
    assert capfd.readouterr() == ("", "")
