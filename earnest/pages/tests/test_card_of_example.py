"""The example shows a published card with a voice on it, one that waits, and a part that asks."""

from __future__ import annotations

import pytest

from earnest.initiatives.models import Initiative
from earnest.pilots.models import CardVersion
from earnest.pilots.queries.cards import read_card, requests_of
from earnest.rhythm.queries import steps_for
from tests.worlds import NOW, World


@pytest.fixture
def example(example_then: tuple[World, Initiative]) -> Initiative:
    return example_then[1]


def test_a_published_card_says_that_it_helped_in_its_peoples_words(example: Initiative) -> None:
    version = CardVersion.objects.select_related("card__initiative").get(
        card__initiative=example, shown=True
    )
    shown = read_card(version)
    assert version.outcome == CardVersion.Outcome.HELPED
    assert "one owner within a day" in shown.figures[0].sentence
    assert [one.name for one in shown.voices] == ["Nadia Benali"]
    assert "[…]" not in "".join(shown.texts.values())
    assert version.card.voices.filter(state="asked").count() == 1


def test_somebody_asked_for_it_and_waits_for_an_answer(
    example_then: tuple[World, Initiative],
) -> None:
    world, example = example_then
    (asked,) = requests_of(example)
    assert asked.waits
    assert asked.version.shown
    rules = {step.rule for step in steps_for(world.lead, at=NOW)}
    assert "asked-for-it" in rules
