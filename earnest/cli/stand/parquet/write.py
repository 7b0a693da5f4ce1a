"""A table of text and numbers → Parquet, compressed by zstd."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arro3.core import RecordBatch

IN_MEMORY = 32 * 1024 * 1024  # what is more waits beside the file


class ParquetTable:
    """Takes rows as they come. arro3 asks for them itself and all at once, so they wait until then."""

    def __init__(self, file: IO[bytes], columns: Mapping[str, type]) -> None:
        from arro3.core import DataType, Field, Schema

        self._kinds = {
            name: {str: DataType.string(), int: DataType.int64(), float: DataType.float64()}[kind]
            for name, kind in columns.items()
        }
        self._schema = Schema(
            [Field(name, kind, nullable=False) for name, kind in self._kinds.items()]
        )
        self._file = file
        # Closed by end(), or with the table: it has no name that could stay.
        self._waiting = SpooledTemporaryFile(IN_MEMORY, dir=str(Path(file.name).parent))  # noqa: SIM115
        self._sizes: list[int] = []

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        from arro3.core import Array, RecordBatch
        from arro3.io import write_ipc_stream

        if not rows:
            return
        columns = [
            Array(values, kind)
            for values, kind in zip(zip(*rows, strict=True), self._kinds.values(), strict=True)
        ]
        packed = io.BytesIO()
        write_ipc_stream(RecordBatch.from_arrays(columns, schema=self._schema), packed)
        self._sizes.append(self._waiting.write(packed.getbuffer()))

    def _batches(self) -> Iterator[RecordBatch]:
        from arro3.io import read_ipc_stream

        self._waiting.seek(0)
        for size in self._sizes:
            yield from read_ipc_stream(self._waiting.read(size))

    def end(self) -> None:
        from arro3.core import RecordBatchReader
        from arro3.io import write_parquet

        batches = RecordBatchReader.from_batches(self._schema, self._batches())
        into = Unfailing(self._file)
        with self._waiting:
            write_parquet(batches, into, compression="zstd(3)", created_by="Earnest")
        if into.error:
            raise into.error


class Unfailing(io.BytesIO):
    """Takes all that is written and keeps what went wrong: else Rust panics, and says so at length."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.error: BaseException | None = None

    def write(self, data: Any) -> int:
        if self.error is None:
            try:
                self._file.write(data)
            except BaseException as error:  # Ctrl-C as well; raised when all is done
                self.error = error
        return len(data)
