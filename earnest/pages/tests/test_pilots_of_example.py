"""The example shows one pilot that helped, one too early to say, and a yes that waits."""

from __future__ import annotations

import pytest

from earnest.initiatives.models import Initiative
from earnest.pilots import queries
from earnest.rhythm.queries import steps_for
from tests.worlds import NOW, World


@pytest.fixture
def world(example_then: tuple[World, Initiative]) -> World:
    return example_then[0]


@pytest.fixture
def example(example_then: tuple[World, Initiative]) -> Initiative:
    return example_then[1]


def test_one_pilot_helped_and_one_is_too_early_to_say(example: Initiative) -> None:
    early, done = queries.pilots_of(example)
    (helped,) = queries.measured(done)
    assert done.state == "ended"
    assert helped.helped
    assert helped.found
    assert "one owner within a day" in helped.found.sentence
    (too_early,) = queries.measured(early)
    assert early.is_running
    assert too_early.found
    assert not too_early.found.enough


def test_the_whole_part_is_in_it(example: Initiative) -> None:
    for pilot in example.pilots.all():
        assert pilot.people_count >= 5
        assert pilot.people.count() == pilot.people_count


def test_a_yes_waits_for_an_answer(world: World, example: Initiative) -> None:
    rules = {step.rule for step in steps_for(world.lead, at=NOW)}
    assert "volunteers-wait" in rules
    call = queries.call_on(example)
    assert call
    assert [one.part for one in queries.waiting(call)] == ["South"]
