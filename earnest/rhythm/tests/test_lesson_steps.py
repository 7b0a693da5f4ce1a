"""What a lesson waits for from who leads it: who was there, and showing it once more (0.9, 0.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from earnest.practice import actions
from earnest.practice.actions import Said
from earnest.practice.models import FollowUp
from earnest.practice.tests.taught import a_lesson, were_there
from earnest.rhythm import actions as rhythm
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def proposed(world: World, rule: str, *, at: datetime = LATER) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=at) if step.rule == rule]


def test_a_lesson_taught_of_which_nobody_noted_who_was_there(world: World) -> None:
    lesson = a_lesson(world)
    (step,) = proposed(world, "lesson-nobody")
    assert (step.number, step.title) == (lesson.pk, f"Note who was there: {lesson.title}")
    were_there(world, lesson, world.joan, state="not_there")
    assert not proposed(world, "lesson-nobody")


def test_a_lesson_ahead_or_taken_back_waits_for_nothing(world: World) -> None:
    a_lesson(world, on=NOW.date() + timedelta(days=3))
    actions.take_lesson_back(a_lesson(world), by=world.lead, at=NOW)
    assert not proposed(world, "lesson-nobody")


def test_put_aside_it_is_not_proposed_again(world: World) -> None:
    lesson = a_lesson(world)
    key = f"lesson-nobody:lesson:{lesson.pk}"
    rhythm.dismiss(key, "it was cancelled", by=world.lead, at=LATER)
    assert not proposed(world, "lesson-nobody")


def test_who_asks_to_be_shown_it_again_stands_on_today(world: World) -> None:
    a_lesson(world, world.joan)
    row = FollowUp.objects.get(after=3)
    FollowUp.objects.filter(pk=row.pk).update(state="asked", asked_at=NOW)
    actions.answer_follow_up(row, Said("show_again"), at=NOW)
    (step,) = proposed(world, "show-again")
    assert (step.number, step.participation_id) == (row.pk, world.joan.pk)
    assert step.title.startswith("Show Joan once more")
    assert not proposed(world, "show-again", at=NOW + timedelta(days=20))
