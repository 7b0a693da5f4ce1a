"""Parquet of other programs reads as the CSV of the same rows; ours comes back as it was written.

The files in ``parquet/`` were made by pyarrow 26, pandas 3.1, polars 2.1 and duckdb 2.0 from the rows of
``same.csv``: every compression, encoding and type of time that these write.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from earnest.cli.stand.parquet.read import open_table
from earnest.cli.stand.parquet.write import ParquetTable
from earnest.cli.stand.tests.files import HEADER, Row, read, told
from earnest.cli.stop import Stop

HERE = Path(__file__).parent / "parquet"
FILES = sorted(HERE.glob("*.parquet"))
COLUMNS = {"person": str, "at": str, "kind": str, "item": str, "value": int}
ROW = Row("Zoë, 李", "2026-01-02", "did", "kept", 1)


def ours(folder: Path, *groups: list[Row]) -> Path:
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


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    many = [ROW._replace(person=f"{number}", item="") for number in range(300)]
    path = ours(tmp_path, [ROW] * 3, many, [])
    assert told(read(path)[0]) == [*[ROW] * 3, *many]


def test_a_table_of_no_rows_comes_back(tmp_path: Path) -> None:
    assert told(read(ours(tmp_path))[0]) == []


def test_a_name_of_any_ending_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    path = ours(tmp_path, [ROW]).rename(tmp_path / "evidence.dat")
    assert told(read(path)[0]) == [ROW]


def test_a_bad_row_is_named_by_its_number(tmp_path: Path) -> None:
    rows, problems = read(ours(tmp_path, [ROW, ROW], [ROW._replace(value=7), ROW]))
    assert problems.words() == [
        f"{tmp_path / 'ours.parquet'}: row 3: “did” is 0 or 1, not 7.",
    ]
    assert len(rows) == 3


def test_a_column_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "few.parquet"
    with path.open("wb") as file:
        ParquetTable(file, {"person": str, "at": str}).end()
    with pytest.raises(Stop, match=r"few\.parquet: .*no column kind and no item and no value"):
        read(path)


def test_a_column_of_lists_is_refused_where_it_is_needed() -> None:
    with (HERE / "pyarrow-nested.parquet").open("rb") as file:
        table = open_table(file)
        assert set(table.names) >= {*HEADER.split(","), "nested", "st"}
        with pytest.raises(Stop, match="more than one value"):
            next(table.rows(["nested"]))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1PAR1", b"PAR1" + b"\xff" * 30 + b"PAR1"])
def test_what_is_no_parquet_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.parquet"
    path.write_bytes(data)
    with pytest.raises(Stop, match=r"no\.parquet: cannot be read as Parquet"):
        read(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_broken_files_are_one_sentence_or_other_rows(path: Path, tmp_path: Path) -> None:
    """Bytes changed, lost or added anywhere: never another fault (the same ones each time)."""
    chance, whole = random.Random(path.stem), path.read_bytes()
    stopped = 0
    for _ in range(60):
        data = bytearray(whole)
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
        broken = tmp_path / "broken.parquet"
        broken.write_bytes(data)
        try:
            read(broken)
        except Stop:
            stopped += 1
    assert stopped
