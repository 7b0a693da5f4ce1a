"""The ladder is a rule over the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.ladder import Entry, Step, climb

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def record(*rows: str) -> list[Entry]:
    """Rows such as "did kept 1", one a day."""
    entries = []
    for day, row in enumerate(rows):
        kind, *rest = row.split()
        item, value = ([*rest] if len(rest) == 2 else ["", *rest])[:2]
        entries.append(Entry(str(day), START + timedelta(days=day), kind, int(value), item))
    return entries


@pytest.mark.parametrize(
    ("rows", "step"),
    [
        ([], Step.UNHEARD),
        (["silent 0"], Step.UNHEARD),
        (["nodded 1"], Step.NODDED),
        (["nodded 0"], Step.UNHEARD),
        (["nodded 1", "nodded 1", "nodded 1"], Step.NODDED),
        (["agreed 0"], Step.NO),
        (["nodded 1", "agreed 0"], Step.NO),
        (["agreed 0", "nodded 1"], Step.NODDED),
        (["nodded 1", "agreed 1"], Step.AGREED),
        (["agreed 1", "nodded 0"], Step.AGREED),
        (["agreed 1", "did kept 0"], Step.AGREED),
        (["agreed 1", "did kept 1"], Step.DID),
        (["did contributed 1"], Step.DID),
        (["did kept 1", "did kept 1"], Step.AGAIN),
        (["did helped 1"], Step.AGAIN),
        (["did kept 1", "did kept 0"], Step.FADING),
        (["did kept 1", "did practised 0"], Step.DID),
        (["did kept 1", "did practised 0", "did practised 0"], Step.FADING),
        (["did kept 1", "did kept 0", "did kept 1"], Step.AGAIN),
        (["did kept 1", "agreed 0"], Step.NO),
        (["did kept 1", "agreed 1"], Step.DID),
        (["did kept 1", "did kept 1", "agreed 0", "nodded 1"], Step.AGAIN),
        (["did kept 1", "agreed 0", "agreed 1"], Step.DID),
        (["did kept 1", "did kept 0", "agreed 0", "nodded 1"], Step.FADING),
        (["did kept 1", "agreed 0", "did kept 0"], Step.NO),
        (["did kept 1", "agreed 0", "did kept 1"], Step.AGAIN),
    ],
)
def test_the_record_decides_the_rung(rows: list[str], step: Step) -> None:
    assert climb(record(*rows)).step == step


def test_since_is_the_day_the_rung_was_reached() -> None:
    assert climb(record("nodded 1", "agreed 1", "nodded 1")).since == START + timedelta(days=1)


def test_a_withdrawn_row_counts_for_nothing() -> None:
    rows = record("agreed 1", "did kept 1")
    undo = Entry("u", START + timedelta(days=3), "did", None, "kept", corrects="1")
    assert climb([*rows, undo]).step == Step.AGREED


def test_two_deeds_of_one_day_are_not_yet_again() -> None:
    twice = [Entry(i, START, "did", 1, "kept") for i in "ab"]
    assert climb(twice).step == Step.DID


ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.uuids().map(str),
        at=st.integers(0, 5).map(lambda day: START + timedelta(days=day)),
        kind=st.sampled_from(["nodded", "agreed", "did", "silent"]),
        value=st.integers(0, 1),
        item=st.sampled_from(["kept", "practised", "helped"]),
    ),
    max_size=12,
)


@given(ENTRIES)
def test_the_order_of_rows_does_not_matter(rows: list[Entry]) -> None:
    shuffled = sorted(rows, key=lambda row: row.id)
    assert climb(rows).step == climb(shuffled).step


@given(ENTRIES)
def test_a_deed_never_puts_anybody_lower(rows: list[Entry]) -> None:
    deed = Entry("deed", START + timedelta(days=9), "did", 1, "kept")
    assert climb([*rows, deed]).step in {Step.DID, Step.AGAIN}


def test_the_first_yes_and_the_first_deed_stay_whatever_comes_after() -> None:
    place = climb(record("silent 0", "nodded 1", "did kept 0", "did kept 1", "agreed 0"))
    assert (place.said, place.did) == (START + timedelta(days=1), START + timedelta(days=3))
    assert climb(record("nodded 0", "did kept 0")).said is None


def test_a_yes_taken_back_was_none() -> None:
    rows = [
        Entry("1", START, "nodded", 1),
        Entry("2", START + timedelta(days=1), "nodded", None, corrects="1"),
    ]
    assert climb(rows).said is None


@given(ENTRIES, st.integers(2, 400))
def test_time_alone_fades_nobody(rows: list[Entry], slower: int) -> None:
    """The same record spread over years puts everybody where they stood, and nobody lower since."""
    spread = [replace(row, at=START + (row.at - START) * slower) for row in rows]
    assert climb(spread).step == climb(rows).step


@given(ENTRIES)
def test_only_a_miss_after_a_deed_fades(rows: list[Entry]) -> None:
    met = [row for row in rows if row.kind != "did" or row.value]
    assert climb(met).step != Step.FADING
    undone = [row for row in rows if row.kind != "did" or not row.value]
    assert climb(undone).step != Step.FADING


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_whole_place_is_the_same_in_any_order_of_rows(rows: list[Entry], order: Random) -> None:
    shuffled = rows[:]
    order.shuffle(shuffled)
    assert climb(shuffled) == climb(rows)


@pytest.mark.parametrize(
    ("rows", "step"),
    [
        (["did kept 1", "did attended 0"], Step.DID),
        (["did kept 1", "did attended 0", "did practised 0"], Step.FADING),
        (["did kept 1", "did attended 0", "did kept 1", "did attended 0"], Step.AGAIN),
        (["did attended 1", "did kept 0"], Step.FADING),
    ],
)
def test_not_coming_is_one_occasion_and_no_broken_word(rows: list[str], step: Step) -> None:
    assert climb(record(*rows)).step == step


def test_the_last_deed_is_the_date_beside_the_mark() -> None:
    place = climb(record("did kept 1", "did kept 1", "did kept 0"))
    assert place.last == START + timedelta(days=1)
    assert climb(record("agreed 1")).last is None
