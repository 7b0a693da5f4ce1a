"""The lessons of the benchmark's world: one for every twenty people, and one person at all of them.

Of each, some were there, and points came back; for some it came up. The first one is everybody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from earnest.initiatives.models import Participation
from earnest.practice.models import (
    DAYS,
    Attendance,
    CameUp,
    FollowUp,
    FollowUpDay,
    Lesson,
    Point,
)

if TYPE_CHECKING:
    from benchmarks.world import Builder

AT_EACH, POINTS, AT_LEAST, UNNOTED = 12, 3, 4, 2


def teach(world: Builder) -> int:
    """Everything lessons hold, in rows. Returns the lesson at which everybody was."""
    after = (FollowUpDay(initiative=world.initiative, after=one) for one in DAYS)
    world.save(FollowUpDay, after)
    number = max(AT_LEAST, world.people // 20)
    lessons = world.save(Lesson, (_lesson(world, n, number) for n in range(number)))
    points = world.save(Point, (_point(one, n) for one in lessons for n in range(POINTS)))
    first = {one.lesson_id: one for one in points if one.position == 0}
    noted = lessons[:-UNNOTED]
    there = [(one, who) for place, one in enumerate(noted) for who in _at(world, place)]
    world.save(Attendance, (_there(world, one, who) for one, who in there))
    world.save(FollowUp, (_asked(world, one, who, first[one.pk]) for one, who in there))
    came = [pair for place, pair in enumerate(there) if place % 3 == 0]
    world.save(CameUp, (_came_up(world, one, who, first[one.pk]) for one, who in came))
    return int(lessons[0].pk)


def _at(world: Builder, place: int) -> Iterator[Participation]:
    if place == 0:
        yield from world.there
        return
    yield world.there[0]
    for step in range(AT_EACH):
        yield world.there[1 + (place * AT_EACH + step) % (len(world.there) - 1)]


def _lesson(world: Builder, place: int, number: int) -> Lesson:
    ago = 3 + 200 * (number - 1 - place) // number
    noted = place < number - UNNOTED
    return Lesson(
        initiative=world.initiative,
        title=f"Lesson {place}",
        taught_on=world.today - timedelta(days=ago),
        made_by=world.leads[0],
        made_at=world.ago(ago),
        changed_at=world.ago(ago),
        there=AT_EACH + 1 if noted else 0,
        came_up_for=AT_EACH // 3 if noted else 0,
    )


def _point(lesson: Lesson, position: int) -> Point:
    return Point(lesson=lesson, position=position, words=f"Point {position} of {lesson.title}")


def _there(world: Builder, lesson: Lesson, who: Participation) -> Attendance:
    return Attendance(lesson=lesson, participation=who, state="there", noted_at=lesson.made_at)


def _asked(world: Builder, lesson: Lesson, who: Participation, point: Point) -> FollowUp:
    due = lesson.taught_on + timedelta(days=3)
    answered = world.dice.random() < 0.5
    return FollowUp(
        participation=who,
        initiative=world.initiative,
        lesson=lesson,
        point=point,
        after=3,
        due=due,
        lapses_on=due + timedelta(days=7),
        state="asked",
        state_at=lesson.made_at,
        asked_at=lesson.made_at,
        answer="no_chance" if answered else "",
        answered_at=lesson.made_at if answered else None,
    )


def _came_up(world: Builder, lesson: Lesson, who: Participation, point: Point) -> CameUp:
    return CameUp(
        participation=who,
        initiative=world.initiative,
        lesson=lesson,
        point=point,
        at=lesson.made_at,
        said_at=lesson.made_at,
        how="helped",
        words="It did what it said.",
    )
