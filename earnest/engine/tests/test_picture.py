"""The picture of a map: shapes only, the same for whoever draws them, readable without colour."""

from __future__ import annotations

import math
import re

import pytest

from earnest.engine.opinion.picture import (
    LETTER,
    PLOT,
    WIDTH,
    Panel,
    Picture,
    Spot,
    is_rtl,
    name_of,
    outline,
    picture,
    wrapped,
)

TWO = [Spot(x, y, 0, 40) for x in (1.0, 2.0) for y in (0.0, 1.0)] + [Spot(-3.0, 0.5, 1, 10)]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def numbers(path: str) -> list[float]:
    return [float(one) for one in NUMBER.findall(path)]


def area(path: str) -> float:
    """Of straight sides."""
    flat = numbers(path)
    points = list(zip(flat[::2], flat[1::2], strict=True))
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in sides)) / 2


def said(found: Picture) -> list[str]:
    return [one.text for card in found.cards for one in card.texts]


def test_all_marks_stand_inside_the_map() -> None:
    for mark in picture([*TWO, Spot(0.0, -9.0, 1, 1)]).marks:
        begin = numbers(mark.path)[:2]
        assert all(0 < one < PLOT for one in begin)


def test_each_group_has_a_shape_of_its_own_and_of_the_same_area() -> None:
    shapes = [outline(group, (100.0, 100.0), 20.0) for group in range(5)]
    assert len({re.sub(NUMBER, "", one) + str(len(one)) for one in shapes}) >= 4
    assert "a20" in shapes[0]
    for one in shapes[1:]:
        assert area(one) == pytest.approx(math.pi * 400, rel=0.01)


def test_the_area_of_a_mark_says_how_many() -> None:
    found = picture([Spot(0.0, 0.0, 1, 100), Spot(1.0, 0.0, 1, 25)])
    large, small = (area(one.path) for one in found.marks)
    assert large == pytest.approx(4 * small, rel=0.02)
    assert [one.count for one in found.marks] == [100, 25], "large ones are drawn first"


def test_equal_distance_is_equal_difference_in_both_directions() -> None:
    spots = [Spot(0.0, 0.0, -1), Spot(8.0, 0.0, -1), Spot(0.0, 1.0, -1)]
    at = [numbers(one.path)[:2] for one in picture(spots).marks]
    right, up = math.dist(at[0], at[1]), math.dist(at[0], at[2])
    assert right == pytest.approx(8 * up, rel=0.01)
    assert at[2][1] < at[0][1], "up is up"


def test_a_region_leaves_out_who_is_far_off() -> None:
    crowd = [Spot(math.cos(n), math.sin(n), 0, 10) for n in range(30)]
    found = picture([*crowd, Spot(20.0, 0.0, 0, 1), Spot(-20.0, 0.0, 1, 30)])
    (near,) = (one for one in found.regions if one.group == 0)
    far = max(numbers(mark.path)[0] for mark in found.marks)
    assert max(numbers(near.path)[::2]) < far
    assert [one.name for one in found.regions] == ["A", "B"]


def test_one_group_or_nobody_is_a_picture_too() -> None:
    assert picture([]).marks == ()
    assert picture([Spot(0.0, 0.0, -1)]).regions == ()
    assert picture([Spot(3.0, 3.0, 0), Spot(3.0, 3.0, 0)]).regions == ()
    assert picture([Spot(3.0, 3.0, 0), Spot(3.0, 3.0, 1)]).regions[1].name == "B"


def test_numbers_are_text_that_no_locale_changes() -> None:
    found = picture(TWO, [Panel(0, "Group A", "4 people", (("✓", "Trees"),))], you=(1.0, 1.0))
    for text in (found.width, found.height, found.cards[0].texts[0].x, found.regions[0].x):
        assert re.fullmatch(r"\d+(\.\d)?", text)
    assert found.you
    assert (found.width, picture(TWO).width) == (str(int(WIDTH)), str(int(PLOT)))


def test_cards_hold_all_that_was_said_and_the_picture_grows_with_them() -> None:
    lines = tuple(
        ("✓", f"Statement {n} that is somewhat longer than a line of a card") for n in range(9)
    )
    found = picture(TWO, [Panel(g, f"Group {name_of(g)}", "", lines) for g in range(3)])
    assert float(found.height) > PLOT
    below = max(float(one.y) for card in found.cards for one in card.texts)
    assert below < float(found.height)
    assert sum(text.startswith("Statement") for text in said(found)) == 27


@pytest.mark.parametrize(
    "text", ["word " * 60, "字" * 200, "x" * 500, "a" + "\u0301" * 3000, "مرحبا " * 80]
)
def test_text_of_any_script_is_cut_to_its_lines(text: str) -> None:
    lines = wrapped(text, 300.0, 3)
    assert 1 <= len(lines) <= 3
    assert all(len(line) <= 300 / (0.28 * LETTER) + 1 for line in lines if "\u0301" not in line)


def test_short_text_stays_as_it_is_and_what_xml_cannot_hold_is_gone() -> None:
    assert wrapped("Two  words\n", 300.0) == ["Two words"]
    assert wrapped("a\x00b\x1b[31m", 300.0) == ["a b [31m"]
    assert wrapped("👩\u200d🌾 farms", 300.0) == ["👩\u200d🌾 farms"]


def test_text_that_runs_from_right_to_left_begins_at_the_right() -> None:
    found = picture(TWO, [Panel(0, "A", "", (("✓", "مرحبا بالعالم"),))])
    (line,) = (one for one in found.cards[0].texts if one.style == "said")
    assert line.rtl
    assert float(line.x) > WIDTH - 60
    assert is_rtl("1. שלום")
    assert not is_rtl("Hello שלום")
