"""--prequential: each deed with the chance it had, given only what came before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.cli.stand.tests.calls import predicted
from earnest.cli.stand.tests.files import written
from earnest.cli.stand.tests.test_standing import days, lines, quietly
from earnest.engine.belief import Event, chance, prior, take_in

ROWS = [
    "Zoë,2026-03-01T10:00,did,kept,1",
    "Ben,2026-01-01,did,helped,0",
    "Zoë,2026-01-05,said,matters,4",
    "Zoë,2026-02-01 08:00:00+01:00,did,attended,0",
    '"Weiss, Jo",2026-01-05,nodded,,1',
    "Ben,2026-01-09,did,kept,1",
    "Zoë,2026-03-01T10:00,nodded,,1",
    "Zoë,2026-03-01T10:00Z,did,kept,1",
]


def foretold(*events: Event) -> float:
    """The chance of the last one, a deed, after taking in those before it one by one."""
    state = prior()
    for event in events[:-1]:
        state = take_in(state, event).state
    return chance(state, events[-1].item, events[-1].at).value


def test_a_row_a_deed_as_the_file_has_them_within_a_person(tmp_path: Path) -> None:
    found = predicted(written(tmp_path, *ROWS))
    assert list(found[0]) == ["person", "at", "item", "value", "chance"]
    assert [tuple(row.values())[:4] for row in found] == [
        ("Zoë", "2026-03-01T10:00", "kept", "1"),
        ("Zoë", "2026-02-01 08:00:00+01:00", "attended", "0"),
        ("Zoë", "2026-03-01T10:00Z", "kept", "1"),
        ("Ben", "2026-01-01", "helped", "0"),
        ("Ben", "2026-01-09", "kept", "1"),
    ], "times as they were written"


def test_the_chance_is_the_engines_given_what_was_earlier_or_above(tmp_path: Path) -> None:
    said = Event(days(2026, 1, 5), "said", "matters", 4)
    missed = Event(days(2026, 2, 1, 7), "did", "attended", 0)
    done = Event(days(2026, 3, 1, 10), "did", "kept", 1)
    nodded = Event(days(2026, 3, 1, 10), "nodded", "", 1)
    expected = [
        foretold(said, missed, done),
        foretold(said, missed),
        foretold(said, missed, done, nodded, done),
        foretold(Event(days(2026, 1, 1), "did", "helped", 0)),
    ]
    found = [float(row["chance"]) for row in predicted(written(tmp_path, *ROWS))]
    assert found[:4] == pytest.approx(expected, abs=1e-6)


def test_at_the_same_moment_the_row_above_is_earlier(tmp_path: Path) -> None:
    one = ["Joan,2026-01-01,did,kept,1", "Joan,2026-01-01,did,kept,0"]
    first = [row["chance"] for row in predicted(written(tmp_path, *one))]
    second = [row["chance"] for row in predicted(written(tmp_path, *reversed(one)))]
    assert first[0] == second[0]
    assert float(first[1]) > float(second[1])


def test_the_own_value_of_a_deed_says_nothing_about_its_chance(tmp_path: Path) -> None:
    done, missed = ([f"Joan,2026-01-01,did,kept,{value}"] for value in (1, 0))
    assert (
        predicted(written(tmp_path, *done))[0]["chance"]
        == predicted(written(tmp_path, *missed))[0]["chance"]
    )


@quietly
@given(rows=st.lists(lines, min_size=2, max_size=12), cut=st.integers(1, 11))
def test_what_comes_later_changes_nothing(rows: list[str], cut: int, tmp_path: Path) -> None:
    ordered = sorted(rows, key=lambda row: row.split(",")[1])
    begun = ordered[: min(cut, len(rows) - 1)]
    whole = predicted(written(tmp_path, *ordered))
    part = predicted(written(tmp_path, *begun))
    for person in {row["person"] for row in part}:
        mine = [row for row in whole if row["person"] == person]
        before = [row for row in part if row["person"] == person]
        for now, then in zip(mine, before, strict=False):
            assert float(now["chance"]) == pytest.approx(float(then["chance"]), abs=1e-8)


@quietly
@given(rows=st.lists(lines, max_size=12))
def test_there_is_a_row_for_every_deed_and_nobody_is_certain(
    rows: list[str], tmp_path: Path
) -> None:
    found = predicted(written(tmp_path, *rows))
    assert len(found) == sum(",did," in row for row in rows)
    assert all(0 < float(row["chance"]) < 1 for row in found)
