"""Standard input, a Parquet file → standard output, its columns named in the arguments as text.

Run by itself, with nothing of Earnest loaded. The first line tells what columns there are, each line
after it holds some rows, column by column, all in JSON. It ends with 0 only where all were read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from arro3.core import Array, DataType, RecordBatchReader
from arro3.io import read_parquet

ROWS = 50_000
TEXT = DataType.large_string()


def main(wanted: Sequence[str]) -> None:
    reader = read_parquet(sys.stdin.buffer, batch_size=ROWS)
    names = [name.strip().lower() for name in reader.schema.names]
    kinds = zip(names, reader.schema.types, strict=True)
    nested = [name for name, kind in kinds if bool(DataType.is_nested(kind))]
    print(json.dumps({"names": names, "nested": nested}), flush=True)
    flat = [names.index(name) for name in wanted if name in names and name not in nested]
    for columns in _read(reader, flat):
        print(json.dumps(columns))


def _read(reader: RecordBatchReader, places: Sequence[int]) -> Iterator[list[list[str]]]:
    for batch in reader:
        yield [as_text(batch.column(place)) for place in places]


def as_text(array: Array) -> list[str]:
    """Values as a person would write them into a CSV file; empty where there is none."""
    array = _plain(array)
    if DataType.is_fixed_size_binary(array.type):
        return ["" if value is None else value.hex() for value in array.to_pylist()]
    if DataType.is_floating(array.type) or _is_bytes(array.type):
        return [_said(value) for value in array.to_pylist()]
    try:
        return [_said(value) for value in array.cast(TEXT).to_pylist()]
    except Exception:  # arro3 raises no narrower one
        return [_alone(array.slice(place, 1)) for place in range(len(array))]


def _plain(array: Array) -> Array:
    """Words themselves for their places in a list, 1 for true, times in UTC."""
    kind = array.type
    if kind.value_type is not None:
        return _plain(array.cast(kind.value_type))
    if DataType.is_boolean(kind):
        return array.cast(DataType.int8())
    if DataType.is_timestamp(kind):  # without a zone it is taken as UTC
        unit = "us" if kind.time_unit in {None, "ns"} else kind.time_unit
        in_utc = array.cast(DataType.timestamp(unit, tz="UTC"))
        return in_utc if in_utc.null_count == array.null_count else array  # beyond any calendar
    return array


def _is_bytes(kind: DataType) -> bool:
    sorts = (DataType.is_binary, DataType.is_large_binary, DataType.is_binary_view)
    return any(is_one(kind) for is_one in sorts)


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return "" if value is None else str(value)


def _alone(one: Array) -> str:
    """A single value; where no calendar has it, the number that is stored."""
    try:
        return _said(one.cast(TEXT).to_pylist()[0])
    except Exception:
        return _said(one.cast(DataType.int64()).to_pylist()[0])


if __name__ == "__main__":
    main(sys.argv[1:])
