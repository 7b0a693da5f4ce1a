"""Many sorts of deeds, many people, long records: batches change nothing of what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from earnest.cli.stand import batches, blocks
from earnest.cli.stand.tests.calls import predicted, standing
from earnest.cli.stand.tests.files import written

ROWS = [
    f"p{(n * 7) % 11},2026-01-{1 + n % 28:02},{'did,kept' if n % 3 else 'nodded,'},{n % 2}"
    for n in range(120)
]


@pytest.mark.parametrize(
    ("rows", "people"), [(1, 50_000), (20, 50_000), (500_000, 1), (500_000, 4)]
)
def test_batches_of_any_size_find_the_same(
    rows: int, people: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, *ROWS)
    whole = standing(path), predicted(path)
    monkeypatch.setattr(batches, "ROWS", rows)
    monkeypatch.setattr(batches, "PEOPLE", people)
    monkeypatch.setattr(blocks, "SIZE", 300)
    assert (standing(path), predicted(path)) == whole


def test_rare_sorts_beyond_many_count_as_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "SORTS", 2)
    rows = [f"p{n},2026-01-01,did,sort {n % 9},{n % 2}" for n in range(90)]
    found = predicted(written(tmp_path, *rows))
    assert [row["item"] for row in found] == [f"sort {n % 9}" for n in range(90)], "as they were"


def test_a_long_record_of_one_person_is_answered(tmp_path: Path) -> None:
    rows = [f"Joan,{1990 + n % 36}-01-01,did,kept,{n % 2}" for n in range(20_000)]
    path = written(tmp_path, *rows)
    (row,) = standing(path)
    assert row["rows"] == "20000"
    assert 0 < float(row["chance"]) < 1
    assert len(predicted(path)) == 20_000
