"""The sheets of a talk become one text: nothing lost, nothing twice."""

from __future__ import annotations

import sys
from collections import Counter
from types import FrameType
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.listening.joining import Leaf, Place, added, joined

ONE, TWO, THREE = (UUID(int=n) for n in (1, 2, 3))


def test_what_one_window_wrote_stays_exactly_as_it_was() -> None:
    text = " “ Fridays \n\n! two  spaces\n"
    assert joined([Leaf(ONE, 3, text)]) == text


def test_two_windows_keep_both_texts_in_their_order() -> None:
    assert joined([Leaf(ONE, 1, "first"), Leaf(TWO, 1, "second")]) == "first\n\nsecond"


@pytest.mark.parametrize(
    ("one", "two", "whole"),
    [
        ("the same", "the same\n", "the same"),
        ("begun", "begun and gone on", "begun and gone on"),
        ("long, and begun", "begun", "long, and begun"),
        ("", "words", "words"),
        (" \n", "", ""),
    ],
)
def test_what_another_window_has_too_stands_there_once(one: str, two: str, whole: str) -> None:
    assert joined([Leaf(ONE, 1, one), Leaf(TWO, 1, two)]) == whole


def test_a_window_that_went_on_from_another_stands_for_both() -> None:
    there = Leaf(ONE, 5, "Fridays are hard\n? who decides")
    here = Leaf(TWO, 2, "Fridays are the problem\n? who decides\n+ a bell", Place(ONE, 5))
    assert joined([there, here]) == here.text


def test_words_written_where_another_went_on_are_kept_beside() -> None:
    there = Leaf(ONE, 9, "Fridays are hard\n? who decides\n~ it rained")
    here = Leaf(TWO, 2, "Fridays are hard\n? who decides\n+ a bell", Place(ONE, 5))
    whole = joined([there, here])
    assert sorted(whole.split("\n\n")) == sorted(["~ it rained", here.text])


@pytest.mark.parametrize(
    ("notes", "text", "more"),
    [
        ("one\ntwo", "one\ntwo", ""),
        ("one\ntwo", "one\ntwo\nthree", "three"),
        ("one\ntwo", "one\nbetween\ntwo", "between"),
        ("I will send", "I will send the draft", "the draft"),
        ("I will se", "I will send the draft", "send the draft"),
        ("one\n\nanother window", "one and more\n\nanother window", "and more"),
        ("", "all of it", "all of it"),
    ],
)
def test_later_words_are_added_whole_and_once(notes: str, text: str, more: str) -> None:
    assert added(notes, text) == more


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "!", "?", "\n"]), max_size=12)


@given(WORDS, WORDS)
def test_no_word_of_a_later_revision_is_lost(before: list[str], after: list[str]) -> None:
    notes, text = " ".join(before), " ".join(before + after)
    whole = f"{notes}\n\n{added(notes, text)}"
    assert set(text.split()) <= set(whole.split())


@given(st.lists(st.text("ab \n", max_size=8), max_size=5))
def test_every_sheet_can_be_found_in_the_whole(texts: list[str]) -> None:
    whole = joined([Leaf(uuid4(), 1, text) for text in texts])
    assert all(text.strip() in whole for text in texts)


def steps_of(notes: str, text: str, *, most: int) -> str:
    """What is added, and not in more lines of code run than this."""
    left, before = most, sys.gettrace()

    def count(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal left
        left -= 1
        assert left > 0, f"more than {most} steps"
        return count

    sys.settrace(count)
    try:
        return added(notes, text)
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("said", [1, 50, 1500])
def test_long_notes_are_compared_in_bounded_time_and_every_line_stays(said: int) -> None:
    """Lines said over and over, in another order: comparing them in order would be cubic."""
    old = [f"line {n % said}" for n in range(1500)]
    new = [f"line {n * 7 % said}" for n in range(1600)] + ["the last word"]
    more = steps_of("\n".join(old), "\n".join(new), most=400_000)
    assert Counter(new) <= Counter(old) + Counter(more.split("\n"))
    assert more.endswith("the last word")


def test_what_is_added_in_the_middle_of_long_notes_is_all_that_is_added() -> None:
    old = [f"line {n % 3}" for n in range(5000)]
    new = [*old[:2500], "in between", *old[2500:]]
    assert steps_of("\n".join(old), "\n".join(new), most=100_000) == "in between"
