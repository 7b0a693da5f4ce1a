"""What of a small group's notes is about somebody: for them to read, and to be erased."""

from __future__ import annotations

import pytest

from earnest.listening import naming, queries
from tests.worlds import World

NOTES = (
    "Joan came late. She said her mother is ill. Her Fridays are full. It rained. "
    "Sam laughed. He wants two desks."
)


def about(world: World, who: str) -> list[str]:
    names = queries.names_of(getattr(world, who))
    return [NOTES[start:end].strip() for start, end in naming.spans_naming(NOTES, names)]


@pytest.mark.parametrize(
    ("who", "theirs"),
    [
        ("joan", ["Joan came late.", "She said her mother is ill.", "Her Fridays are full."]),
        ("sam", ["Sam laughed.", "He wants two desks."]),
    ],
)
def test_a_sentence_that_goes_on_with_a_pronoun_is_about_them_still(
    world: World, who: str, theirs: list[str]
) -> None:
    assert " ".join(about(world, who)) == " ".join(theirs)
