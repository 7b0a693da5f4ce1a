"""Days and numbers as people write them: read as meant, or refused, never guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.plans.forms.cells import (
    Unclear,
    decimal_sign,
    month_first,
    read_day,
    read_value,
    written,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("-3,25", "-3.25"),
        ("−3", "-3"),
        ("95 %", "95"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1'234.50", "1234.5"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_as_it_was_meant(cell: str, value: str) -> None:
    assert read_value(cell) == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["", "n/a", "12-13", "1,234", "1.234", "12.5.2026.1,1,1", "1e5", "99999999999"]
)
def test_what_is_no_number_or_two_is_refused(cell: str) -> None:
    with pytest.raises(Unclear):
        read_value(cell)


def test_the_other_cells_of_the_column_tell_what_the_comma_is() -> None:
    assert decimal_sign(["1,234", "0,5"]) == ","
    assert read_value("1,234", ",") == Decimal("1.234")
    assert decimal_sign(["1,234", "0.5"]) == "."
    assert read_value("1,234", ".") == Decimal(1234)
    assert decimal_sign(["1,234", "12"]) == ""


def test_one_number_typed_by_hand_has_decimals_behind_its_point() -> None:
    assert read_value("1.234", by_hand=True) == Decimal("1.234")
    with pytest.raises(Unclear):
        read_value("1,234", by_hand=True)


def test_a_number_with_three_decimals_is_written_so_that_it_is_read_in_again() -> None:
    assert read_value(written("1.234")) == Decimal("1.234")
    assert [written("1.25"), written("1234")] == ["1.25", "1234"]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-12-05",
        "2026/12/5",
        "05.12.2026",
        "5. 12. 2026",
        "5.12.26",
        "2026-12-05T00:00:00",
        "2026-12-05 00:00",
        "5 Dec 2026",
        "December 5, 2026",
    ],
)
def test_a_day_is_read_in_the_common_ways(cell: str) -> None:
    assert read_day(cell) == date(2026, 12, 5)


def test_which_comes_first_is_told_by_the_column_or_asked() -> None:
    assert month_first(["03/04/2026", "25/04/2026"]) is False
    assert month_first(["03/04/2026", "04/25/2026"]) is True
    assert month_first(["25/04/2026", "04/25/2026"]) is None
    assert read_day("03/04/2026", months_first=False) == date(2026, 4, 3)
    assert read_day("03/04/2026", months_first=True) == date(2026, 3, 4)
    assert read_day("25/04/2026") == date(2026, 4, 25)
    assert read_day("4/4/2026") == date(2026, 4, 4)
    with pytest.raises(Unclear, match="Which comes first"):
        read_day("03/04/2026")


@pytest.mark.parametrize("cell", ["", "soon", "2026-13-01", "31.02.2026", "1.1.1850", "45/45/2026"])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(Unclear):
        read_day(cell)


@given(st.text(max_size=30))
def test_whatever_stands_in_a_cell_it_is_read_or_refused(cell: str) -> None:
    for read in (read_value, read_day):
        with suppress(Unclear):
            read(cell)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_as_written_by_us_is_read_again(value: Decimal) -> None:
    assert read_value(f"{value:f}") == value
    assert read_value(f"{value:,.4f}") == value
