"""For whom a point came up, how it stands, and which colleague may say so for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Participation
from earnest.practice.models import Agreement, Attendance, CameUp, Point


def how_it_stands(row: CameUp) -> CameUp:
    """The last that was said of the same time."""
    last = row
    while (later := CameUp.objects.filter(corrects=last).first()) is not None:
        last = later
    return last


def last_came_up(participation: Participation, point: Point) -> CameUp | None:
    """The last time this point came up for them, as it stands."""
    mine = CameUp.objects.standing().filter(participation=participation, point=point)
    return mine.order_by("-at", "-pk").first()


def agreements_of(participation: Participation) -> QuerySet[Agreement]:
    """Whom they agreed with; what was taken back is over."""
    given = Agreement.objects.filter(participation=participation, taken_back_at=None)
    return given.select_related("colleague__person")


def who_agreed(participation: Participation) -> QuerySet[Agreement]:
    """Who agreed that they may say it for them."""
    given = Agreement.objects.filter(colleague=participation, taken_back_at=None)
    return given.filter(participation__person__erased_at=None).select_related(
        "participation__person"
    )


def colleague_named(whose: Participation, name: str) -> Participation | None:
    """The one other person here of this exact name; nobody and several look the same."""
    found = initiatives.find_person(whose.initiative, name.strip())
    there = found and found.pk != whose.pk and not found.asked_to_stop
    return found if there else None


def points_for(whose: Participation) -> list[Point]:
    """What may have come up for them: the points of lessons they were at, the latest first."""
    there = Attendance.objects.filter(participation=whose, state=Attendance.State.THERE)
    rows = Point.objects.filter(
        struck_at=None, lesson__taken_back_at=None, lesson__in=there.values("lesson")
    )
    return list(
        rows.select_related("lesson").order_by("-lesson__taught_on", "lesson", "position")[:50]
    )
