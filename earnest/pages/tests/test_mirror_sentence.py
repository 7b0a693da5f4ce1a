"""The sentence under the two lines says what they show, and no more than that (0.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from earnest.pages.charts.mirror import compare, rank_difference, reflected, sentence, two_lines
from earnest.pages.queries.mirror import Week

BEGIN = date(2026, 6, 1)


def weeks(pushed: Sequence[int], back: Sequence[int], no: Sequence[int] = ()) -> list[Week]:
    silent = [*no, *[0] * (len(pushed) - len(no))]
    return [
        Week(BEGIN + timedelta(days=7 * n), Counter(asks=asks, accepted=came, silent=silence))
        for n, (asks, came, silence) in enumerate(zip(pushed, back, silent, strict=True))
    ]


MUCH_AND_LITTLE = [5, 0] * 8


def test_too_little_is_said_to_be_too_little() -> None:
    for few in (
        weeks([5, 0, 5], [0, 1, 0]),
        weeks([1, 0] * 4, [0, 1] * 4),
        weeks([0] * 26, [0] * 26),
    ):
        assert compare(few) is None
        assert "Too little to say yet" in sentence(few)


def test_the_same_every_week_says_nothing() -> None:
    assert compare(weeks([3] * 16, [1] * 16)) is None


def test_less_coming_back_after_much_pushing_is_noticed() -> None:
    back = [4, 0] * 8  # little in the weeks that follow many pushes
    said = sentence(weeks(MUCH_AND_LITTLE, back))
    assert said.startswith("More pushing went with less coming back.")
    assert "(5.0 a week), 0.0 came back" in said


def test_more_coming_back_is_said_as_well() -> None:
    back = [0, 4] * 8
    assert sentence(weeks(MUCH_AND_LITTLE, back)).startswith(
        "More pushing went with more coming back."
    )


def test_what_may_be_chance_is_called_no_difference() -> None:
    back = [1, 0, 0, 1] * 4
    assert sentence(weeks(MUCH_AND_LITTLE, back)).startswith(
        "More pushing went with neither more nor less"
    )


def test_the_week_it_is_does_not_count_for_it_is_not_over() -> None:
    before = compare(weeks(MUCH_AND_LITTLE, [4, 0] * 8))
    after = compare(weeks([*MUCH_AND_LITTLE[:-1], 99], [*([4, 0] * 8)[:-1], 99]))
    assert before == after


def test_weeks_before_the_first_push_are_left_out() -> None:
    idle = weeks([0] * 10 + MUCH_AND_LITTLE, [9] * 10 + [4, 0] * 8)
    assert compare(idle) == compare(weeks(MUCH_AND_LITTLE, [4, 0] * 8))


def test_the_words_never_claim_a_cause() -> None:
    for back in ([4, 0] * 8, [0, 4] * 8, [1, 0, 0, 1] * 4):
        said = sentence(weeks(MUCH_AND_LITTLE, back)).lower()
        assert not {"because", "caused", "made", "therefore", "should"} & set(said.split())


@pytest.mark.parametrize(
    ("these", "those", "expected"),
    [
        ([1, 2, 3, 4], [5, 6, 7, 8], -2.3094),  # U = 0, n = m = 4: -8 / sqrt(12)
        ([5, 6, 7, 8], [1, 2, 3, 4], 2.3094),
        ([1, 1, 1], [1, 1, 1], 0.0),
        # U = 1, ties of three and two: -3.5 / sqrt(9 / 12 * (7 - 30 / 30))
        ([0, 1, 1], [1, 2, 2], -1.6499),
    ],
)
def test_ranks_differ_as_by_hand(these: list[float], those: list[float], expected: float) -> None:
    assert rank_difference(these, those) == pytest.approx(expected, abs=5e-4)


def test_the_picture_begins_at_nought_and_holds_the_highest_week() -> None:
    picture = two_lines(weeks([0, 7, 12], [0, 3, 1]))
    assert [mark.text for mark in picture.heights] == ["0", "5", "10", "15"]
    heights = [float(point.split(",")[1]) for point in picture.pushed.split()]
    assert heights == sorted(heights, reverse=True)
    assert picture.words.startswith("In 3 weeks: pushed 19, came back 4")


def test_nothing_pushed_is_a_picture_too() -> None:
    assert two_lines(weeks([0] * 26, [0] * 26)).heights[0].text == "0"
    assert reflected(weeks([0] * 26, [0] * 26)).is_empty


def test_hints_to_ten_mails_fall_or_rise_between_the_halves() -> None:
    several = weeks([1] * 26, [0] * 26)
    for week in several:
        week.counts.update(sent=2, hints=2 if week.monday < several[13].monday else 1)
    hints = reflected(several).hints
    assert (hints.earlier.per_ten, hints.later.per_ten) == ("10.0", "5.0")
    assert len(reflected(several).hints_line.split()) == 26
