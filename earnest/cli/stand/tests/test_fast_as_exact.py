"""Reading in blocks finds what reading row by row finds: every row, every bad line."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from earnest.cli.files.problems import Problems
from earnest.cli.stand import blocks, exact
from earnest.cli.stand.exact import Taking, read_exactly
from earnest.cli.stand.header import read_header
from earnest.cli.stand.rows import Gathering
from earnest.cli.stand.tests.files import HEADER, told

names = st.sampled_from(
    ["Joan", "Zoë", '"Weiss, Jo"', '"two\nlines"', '""', "", " Ben ", "x" * 70, 'a"b']
)
times = st.one_of(
    st.datetimes().map(lambda one: one.isoformat()),
    st.datetimes().map(lambda one: one.isoformat(" ", "minutes") + "Z"),
    st.dates().map(str),
    st.sampled_from(
        ["2026-01-02T03:04:05.678+05:30", "2026-01-02T03:04-0330", "2026-02-29", "20260102"]
    ),
    st.sampled_from(
        [
            "2026-W01-1",
            "2026-01-02T10",
            "2026-01-02T10+01",
            "2026-01-02T10:00,5",
            "",
            "x",
            " 2026-01-02",
            "2026-01-02\xa0",
        ]
    ),
)
kinds = st.sampled_from(["said", "nodded", "agreed", "did", "silent", "saw", "DID", '"did"', "no"])
items = st.sampled_from(["matters", "owns", "kept", "", "küsst", '"kept"', "a;b"])
values = st.sampled_from(["0", "1", "5", "1.0", '"1"', "", "-1"])
rows = st.one_of(
    st.tuples(names, times, kinds, items, values).map(",".join),
    st.sampled_from(["Joan,2026-01-02,did,kept,1"] * 3 + ["", "a,b", ",,,,", "\r", "\0"]),
)


def by(read: str, data: bytes) -> tuple[object, ...]:
    into = Gathering(Problems(Path("x.csv")), keep_said_at=True)
    columns = read_header(HEADER)
    if read == "blocks":
        list(blocks.read_in_blocks(io.BytesIO(data), columns, into, 2))
    else:
        text = io.TextIOWrapper(io.BytesIO(data), "utf-8", "surrogateescape", newline="")
        list(read_exactly(text, columns, into, 2))
    found = into.rows()
    said_at = found.said_at.tolist()
    return told(found), found.people, said_at, into.problems.first, into.problems.count, into.seen


@st.composite
def files(draw: st.DrawFn) -> bytes:
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(draw(st.lists(rows, max_size=12))) + draw(st.sampled_from(["", end]))
    return text.encode() + draw(st.sampled_from([b"", b"Zo\xeb,2026-01-02,did,kept,1\n"]))


@pytest.mark.parametrize("size", [7, 60, 4096])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(data=files())
@example(data=b"Joan,2026-01-02,did,kept,1\n" * 9)
def test_all_ways_of_reading_agree(size: int, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "SIZE", size)
    monkeypatch.setattr(exact, "ROWS", size)
    in_blocks, in_columns = by("blocks", data), by("exact", data)
    with monkeypatch.context() as patch:
        patch.setattr(Taking, "_at_once", lambda self, rows: None)
        one_by_one = by("exact", data)
    assert in_blocks == one_by_one
    assert in_columns == one_by_one


def test_plain_files_take_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above would compare a way with itself."""
    monkeypatch.setattr(blocks, "read_exactly", None)
    data = b'Joan,2026-01-02,did,kept,1\n"Zo\xc3\xab",2026-01-02T03:04Z,said,matters,4\r\n'
    into = Gathering(Problems(Path("x")))
    columns = read_header(HEADER)
    assert list(blocks.read_in_blocks(io.BytesIO(data), columns, into, 2)) == [2]
    assert np.array_equal(into.rows().fact, [0, 1])
