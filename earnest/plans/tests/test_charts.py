"""A measure as a picture: everything inside the frame, the same told in words (2.20)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from earnest.initiatives.models import Measure, Reading
from earnest.plans import charts

FIRST = date(2026, 9, 1)


def picture(
    *values: Decimal | int, baseline: Decimal | None = None, target: Decimal | None = None
) -> charts.Picture | None:
    measure = Measure(name="Owned", unit="%", baseline=baseline, target=target)
    rows = [
        Reading(value=Decimal(one), on=FIRST + timedelta(days=9 * n))
        for n, one in enumerate(values)
    ]
    return charts.picture_of(measure, rows)


def test_nothing_read_is_no_picture() -> None:
    assert picture() is None


def test_more_stands_higher_and_later_stands_further_right() -> None:
    drawn = picture(10, 20, 15)
    assert drawn is not None
    (x1, y1), (x2, y2), (x3, y3) = drawn.dots
    assert x1 < x2 < x3
    assert y2 < y3 < y1


def test_where_it_began_and_should_be_are_lines_with_words_apart() -> None:
    drawn = picture(40, baseline=Decimal(34), target=Decimal(95))
    assert drawn is not None
    assert drawn.baseline is not None
    assert drawn.target is not None
    assert drawn.target.y < drawn.baseline.y
    assert drawn.target.word_y < drawn.target.y
    assert drawn.baseline.word_y > drawn.baseline.y
    assert (drawn.baseline.text, drawn.target.text) == ("began at 34", "to be 95")


def test_the_same_is_told_in_words() -> None:
    drawn = picture(34, 61, baseline=Decimal(34), target=Decimal(95))
    assert drawn is not None
    assert drawn.words == (
        "Owned: 34 % on 1 Sep 2026; 2 readings, the last 61 % on 10 Sep 2026; "
        "it began at 34 %; it should be 95 %."
    )


def test_one_reading_stands_in_the_middle() -> None:
    drawn = picture(5)
    assert drawn is not None
    assert len(drawn.days) == 1
    assert charts.LEFT < drawn.dots[0][0] < charts.WIDTH - charts.RIGHT


numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(st.lists(numbers, min_size=1, max_size=80), st.none() | numbers, st.none() | numbers)
def test_whatever_is_read_it_stays_inside_the_frame(
    values: list[Decimal], baseline: Decimal | None, target: Decimal | None
) -> None:
    drawn = picture(*values, baseline=baseline, target=target)
    assert drawn is not None
    points = [tuple(map(float, one.split(","))) for one in drawn.line.split()]
    assert all(0 <= x <= charts.WIDTH and 0 <= y <= charts.HEIGHT for x, y in points)
    assert 2 <= len(drawn.heights) <= 6
    for level in (drawn.baseline, drawn.target):
        assert level is None or 0 <= level.word_y <= charts.HEIGHT
