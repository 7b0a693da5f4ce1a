"""What is different between two texts, in words a person would use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.plans.queries.differences import told


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("the old form for a year", "the old form for a year", ""),
        ("the  old form\nfor a year", "the old form for a year", ""),
        (
            "keep the old form beside it for a year",
            "keep the old form beside it for six weeks",
            "“a year” is now “six weeks”",
        ),
        ("two desks are open", "two desks are open on Fridays", "“on Fridays” is new"),
        ("two desks are open on Fridays", "two desks are open", "“on Fridays” is gone"),
        ("", "two desks", "“two desks” is new"),
        ("two desks", "", "it is left out now"),
        ("two desks", "one list", "“two desks” is now “one list”"),
        ("one two three " * 5, "all of it reads otherwise " * 4, "written anew"),
    ],
)
def test_a_difference_is_told_in_words(was: str, now: str, said: str) -> None:
    assert told(was, now) == said


words = st.lists(st.sampled_from(["a", "b", "c", "year", "weeks"]), max_size=12).map(" ".join)


@given(words, words)
def test_nothing_is_told_only_where_nothing_is_different(was: str, now: str) -> None:
    assert (told(was, now) == "") == (was == now)
