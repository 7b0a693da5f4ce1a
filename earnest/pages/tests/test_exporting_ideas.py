"""Ideas leave as files as far as their authors pass them on."""

from __future__ import annotations

import pytest

from earnest.ideas import actions
from earnest.ideas.actions import Given
from earnest.ideas.models import Idea
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.pages.export.ideas import files_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def taken_out(world: World, *, with_people: bool) -> str:
    (file,) = files_of(world.initiative, with_people)
    return "".join(file.text)


def given(world: World, passed_on: str) -> Idea:
    space = named_space(world)
    draft = Given("Paint the ibis line", None, passed_on)
    return actions.give_idea(space, voice_of(space, world.joan), draft, at=NOW)


def test_without_people_a_name_stands_only_where_its_author_wants_it(world: World) -> None:
    given(world, Idea.PassedOn.UNNAMED)
    without = taken_out(world, with_people=False)
    assert "Paint the ibis line" in without
    assert "Joan" not in without
    assert "Joan Okafor" in taken_out(world, with_people=True)


def test_what_grew_from_what_is_told_by_numbers(world: World) -> None:
    first = given(world, Idea.PassedOn.NAMED)
    idea_of(voice_of(named_space(world), world.sam), "And number it", of=first)
    rows = [line.split(",") for line in taken_out(world, with_people=True).splitlines()[1:]]
    number = {row[2]: row[0] for row in rows}
    grown = {row[2]: row[5] for row in rows}
    assert grown["And number it"] == number["Paint the ibis line"]


def test_of_who_stopped_no_idea_leaves(world: World) -> None:
    given(world, Idea.PassedOn.NAMED)
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    for with_people in (True, False):
        assert "Paint the ibis line" not in taken_out(world, with_people=with_people)


def test_without_names_the_words_leave_and_nothing_else(world: World) -> None:
    idea_of(browser(unnamed_space(world), "a browser"), "Paint the ibis line")
    assert "Paint the ibis line" in taken_out(world, with_people=False)
