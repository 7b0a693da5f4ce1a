"""One of each thing that has an address here, for the test of all doors."""

from __future__ import annotations

from datetime import timedelta

from earnest.practice import actions
from earnest.practice.models import FollowUp
from earnest.practice.tests.taught import a_lesson, first_point, were_there
from tests.worlds import NOW, World


def furnish_practice(world: World) -> dict[str, int | str]:
    lesson = a_lesson(world, world.joan, world.sam)
    file = actions.add_file(lesson, "form.txt", b"one owner", by=world.lead, at=NOW)
    came_up = actions.say_it_came_up(world.joan, first_point(lesson), at=NOW)
    asked = FollowUp.objects.filter(participation=world.joan, after=10)
    asked.update(state="asked", asked_at=NOW)
    ahead = a_lesson(world, on=NOW.date() + timedelta(days=3))
    were_there(world, ahead, world.joan, state="unknown")
    return {
        "lesson": lesson.pk,
        "lesson_ahead": ahead.pk,
        "lesson_file": file.pk,
        "lesson_point": first_point(lesson).pk,
        "came_up": came_up.pk,
        "follow_up": asked.get().pk,
        "agreement": actions.agree(world.joan, world.sam, at=NOW).pk,
        "agreement_with": actions.agree(world.sam, world.joan, at=NOW).pk,
        "will": "come",
    }
