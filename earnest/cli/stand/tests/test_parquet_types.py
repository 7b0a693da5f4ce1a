"""Columns of any type that can hold what is meant, in any order, beside any others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from arro3.core import Array, DataType, RecordBatch
from arro3.io import write_parquet

from earnest.cli.stand.tests.calls import predicted, stand
from earnest.cli.stand.tests.files import Row, read, told

TEXT, WHOLE = DataType.string(), DataType.int64()
TWO_PM = 1_767_362_400  # 2026-01-02T14:00Z
PLAIN = {
    "person": Array(["Joan", "Ben"], TEXT),
    "at": Array(["2026-01-02T14:00Z", "2026-01-02T14:00Z"], TEXT),
    "kind": Array(["did", "did"], TEXT),
    "item": Array(["kept", "kept"], TEXT),
    "value": Array([1, 0], WHOLE),
}
ROWS = [
    Row("Joan", "2026-01-02T14:00:00Z", "did", "kept", 1),
    Row("Ben", "2026-01-02T14:00:00Z", "did", "kept", 0),
]


def written(folder: Path, **columns: Array) -> Path:
    path = folder / "evidence.parquet"
    write_parquet(RecordBatch.from_pydict({**PLAIN, **columns}), path)
    return path


def moments(unit: str, zone: str | None = None) -> Array:
    parts = {"ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[unit]
    numbers = Array([TWO_PM * parts, TWO_PM * parts], WHOLE)
    return numbers.cast(DataType.timestamp(unit, tz=zone))  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Tokyo", "-03:30"])
@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_times_of_any_unit_and_zone(unit: str, zone: str | None, tmp_path: Path) -> None:
    assert told(read(written(tmp_path, at=moments(unit, zone)))[0]) == ROWS


def test_times_are_foretold_as_they_were_in_utc(tmp_path: Path) -> None:
    found = predicted(written(tmp_path, at=moments("us", "Asia/Tokyo")))
    assert [row["at"] for row in found] == ["2026-01-02T14:00:00Z"] * 2


def test_dates(tmp_path: Path) -> None:
    days = Array([20_455, 20_456], DataType.int32()).cast(DataType.date32())
    rows, _ = read(written(tmp_path, at=days))
    assert [row.at for row in told(rows)] == ["2026-01-02", "2026-01-03"]


@pytest.mark.parametrize(
    "kind",
    [
        DataType.large_string(),
        DataType.string_view(),
        DataType.binary(),
        DataType.large_binary(),
        DataType.dictionary(DataType.int8(), TEXT),
        DataType.dictionary(DataType.int32(), DataType.large_string()),
    ],
    ids=str,
)
def test_text_of_any_type(kind: DataType, tmp_path: Path) -> None:
    columns = {name: PLAIN[name].cast(kind) for name in ("person", "at", "kind", "item")}
    assert told(read(written(tmp_path, **columns))[0]) == ROWS


@pytest.mark.parametrize(
    "kind",
    [
        DataType.int8(),
        DataType.uint8(),
        DataType.uint64(),
        DataType.float32(),
        DataType.float64(),
        DataType.bool(),
        DataType.decimal128(9, 2),
        DataType.large_string(),
    ],
    ids=str,
)
def test_values_of_any_type(kind: DataType, tmp_path: Path) -> None:
    assert told(read(written(tmp_path, value=PLAIN["value"].cast(kind)))[0]) == ROWS


def test_people_may_be_numbers(tmp_path: Path) -> None:
    rows, _ = read(written(tmp_path, person=Array([12, 7], WHOLE)))
    assert rows.people == ["12", "7"]


@pytest.mark.parametrize(
    ("name", "column", "reason"),
    [
        ("person", Array(["Joan", None], TEXT), "person is empty."),
        ("at", Array([TWO_PM, None], WHOLE).cast(DataType.timestamp("ms")), "at is empty."),
        ("at", Array([0, 2**62], WHOLE).cast(DataType.timestamp("us")), "is no date or time"),
        (
            "at",
            Array([0, 2**63 - 1], WHOLE).cast(DataType.timestamp("us")),
            "at '9223372036854775807'",
        ),
        (
            "at",
            Array([0, 2**63 - 1], WHOLE).cast(DataType.timestamp("ms")),
            "at '9223372036854775807'",
        ),
        ("at", Array([1, 2**31 - 1], DataType.int32()).cast(DataType.date32()), "is no date"),
        ("value", Array([1, None], WHOLE), "value is empty."),
        ("value", Array([1.0, 0.5], DataType.float64()), "value '0.5' is no whole number"),
        ("value", Array([1.0, float("nan")], DataType.float64()), "value 'nan' is no number."),
        ("kind", Array(["did", None], TEXT), "kind '' is none of"),
        ("person", Array([b"Joan", b"Zo\xeb"], DataType.binary()), "is not UTF-8"),
    ],
)
def test_what_cannot_be_taken_is_named_by_row(
    name: str, column: Array, reason: str, tmp_path: Path
) -> None:
    rows, problems = read(written(tmp_path, **{name: column}))
    ((row, said),) = problems.first
    assert row == 2
    assert reason in said
    assert len(rows) == 1, "the other stands"


def test_columns_in_any_order_of_any_case_beside_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = {name.title(): PLAIN[name] for name in reversed(PLAIN)}
    path = tmp_path / "evidence.parquet"
    write_parquet(
        RecordBatch.from_pydict({"team": PLAIN["kind"], **columns, "id": PLAIN["at"]}), path
    )
    assert told(read(path)[0]) == ROWS
    stand(path, "--out", str(tmp_path / "out.csv"))
    assert "columns ignored: team, id." in capsys.readouterr().err


def test_rows_correct_others(tmp_path: Path) -> None:
    marks: Sequence[str | None] = ["a", None]
    path = written(
        tmp_path,
        person=Array(["Joan", "Joan"], TEXT),
        id=Array(marks, TEXT),
        corrects=Array([None, "a"], TEXT),
    )
    assert [row.value for row in told(read(path)[0])] == [0]
