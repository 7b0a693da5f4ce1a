"""The moments of the benchmark's world: ten written for everybody, and a few of them come.

At ten thousand people they are a hundred thousand. Some are for many, some wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from earnest.initiatives.models import Participation
from earnest.practice.models import Moment, MomentSeen, Point

if TYPE_CHECKING:
    from benchmarks.world import Builder

FOR_EACH, FOR_MANY = 10, 4
CAME_FOR_ONE_IN, WAITS_FOR_ONE_IN = 3, 12


def write_moments(world: Builder) -> tuple[int, int]:
    """All of them, and what came. Returns a moment, and one that came for somebody and waits."""
    point = Point.objects.filter(lesson__initiative=world.initiative).earliest("pk")
    written = world.save(Moment, _written(world, point))
    seen = world.save(MomentSeen, _came(world, written))
    return written[0].pk, next(one.pk for one in seen if one.state == "waiting")


def _written(world: Builder, point: Point) -> Iterator[Moment]:
    for who in world.there:
        for number in range(FOR_EACH):
            yield _moment(world, point, who, number)
    for number in range(FOR_MANY):
        yield _moment(world, point, None, number)


def _moment(world: Builder, point: Point, who: Participation | None, number: int) -> Moment:
    how = "word" if number % 2 or who is None else "hand"
    return Moment(
        initiative=world.initiative,
        lesson_id=point.lesson_id,
        point=point,
        participation=who,
        what=f"something of the sort {number} happens",
        link="What it has to do with their work",
        how=how,
        words="hand-over" if how == "word" else "",
        by=world.leads[0],
        made_at=world.ago(20),
        watched_from=world.ago(20),
    )


def _came(world: Builder, written: list[Moment]) -> Iterator[MomentSeen]:
    for place, one in enumerate(written[::FOR_EACH]):
        if one.participation_id is None or place % CAME_FOR_ONE_IN:
            continue
        waits = place % WAITS_FOR_ONE_IN == 0
        yield MomentSeen(
            moment=one,
            participation_id=one.participation_id,
            initiative=world.initiative,
            how="hand",
            source="hand 1",
            words="It happened",
            noticed_at=world.ago(3),
            by=world.leads[0],
            lapses_on=world.today + timedelta(days=11),
            state="waiting" if waits else "spoken",
            state_at=world.ago(3),
        )
