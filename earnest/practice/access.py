"""The only door to lessons and what came of them: absent and forbidden look the same."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation
from earnest.practice.models import (
    Agreement,
    Attendance,
    CameUp,
    FollowUp,
    Lesson,
    LessonFile,
    Moment,
    MomentCame,
    MomentDoor,
    MomentSeen,
    Point,
    TryOut,
)
from earnest.practice.queries import moments as moments_of

type Anyone = User | AnonymousUser


def lessons_for(user: Anyone) -> QuerySet[Lesson]:
    """Lessons of the initiatives this user leads; what was taken back is gone."""
    led = initiatives.initiatives_led_by(user)
    return Lesson.objects.standing().filter(initiative__in=led)


def get_lesson(user: Anyone, pk: int) -> Lesson:
    return get_object_or_404(lessons_for(user).select_related("initiative__workspace"), pk=pk)


def get_file(user: Anyone, pk: int) -> LessonFile:
    files = LessonFile.objects.filter(lesson__in=lessons_for(user))
    return get_object_or_404(files.select_related("lesson"), pk=pk)


def get_own_attendance(participation: Participation, lesson_pk: int) -> Attendance:
    """For the person themselves: a lesson they were at, or were asked to come to."""
    rows = participation.attendances.filter(lesson__taken_back_at=None)
    whole = rows.exclude(state=Attendance.State.NOT_THERE).select_related(
        "lesson__initiative__workspace"
    )
    return get_object_or_404(whole, lesson=lesson_pk)


def get_own_file(participation: Participation, lesson_pk: int, pk: int) -> LessonFile:
    lesson = get_own_attendance(participation, lesson_pk).lesson
    return get_object_or_404(lesson.files.all(), pk=pk)


def get_own_point(participation: Participation, pk: int) -> Point:
    """A point of a lesson they were at: what may come up for them."""
    there = participation.attendances.filter(state=Attendance.State.THERE)
    rows = Point.objects.filter(
        struck_at=None, lesson__taken_back_at=None, lesson__in=there.values("lesson")
    )
    return get_object_or_404(rows.select_related("lesson"), pk=pk)


def get_own_came_up(participation: Participation, pk: int) -> CameUp:
    rows = participation.came_up.select_related("lesson", "point", "told_by__person")
    found = get_object_or_404(rows, pk=pk)
    found.participation = participation
    return found


def get_own_follow_up(participation: Participation, pk: int) -> FollowUp:
    """What this person was asked, for their own page; what only waits is nothing yet."""
    rows = participation.follow_ups.exclude(state=FollowUp.State.WAITING)
    found = get_object_or_404(rows.select_related("lesson", "point"), pk=pk)
    found.participation = participation
    return found


def get_own_agreement(participation: Participation, pk: int) -> Agreement:
    """To take back: theirs alone."""
    return get_object_or_404(participation.lets_tell.all(), pk=pk)


def get_agreement_with(colleague: Participation, pk: int) -> Agreement:
    """For the colleague: somebody let them say that it came up, and did not take it back."""
    given = colleague.may_tell_for.filter(taken_back_at=None, participation__person__erased_at=None)
    whole = given.select_related("participation__person", "participation__initiative__workspace")
    return get_object_or_404(whole, pk=pk)


def get_try_out(user: Anyone, pk: int) -> TryOut:
    """For whoever leads there; of the erased nothing is left."""
    led = initiatives.initiatives_led_by(user)
    rows = TryOut.objects.filter(initiative__in=led, participation__person__erased_at=None)
    return get_object_or_404(rows.select_related("participation__person", "initiative"), pk=pk)


def get_own_try_out(participation: Participation, pk: int) -> TryOut:
    """For the person themselves; what was taken back is gone."""
    rows = participation.try_outs.exclude(state=TryOut.State.WITHDRAWN)
    found = get_object_or_404(rows.select_related("lesson", "by", "initiative"), pk=pk)
    found.participation = participation
    return found


def moments_for(user: Anyone) -> QuerySet[Moment]:
    """Moments of the initiatives this user leads; of nobody who was erased."""
    led = initiatives.initiatives_led_by(user)
    there = Moment.objects.filter(initiative__in=led)
    return there.exclude(participation__person__erased_at__isnull=False)


def get_moment(user: Anyone, pk: int) -> Moment:
    whole = moments_for(user).select_related(
        "initiative__workspace", "lesson", "point", "participation__person", "team", "joins"
    )
    return get_object_or_404(whole, pk=pk)


def get_seen(user: Anyone, pk: int) -> MomentSeen:
    """A moment that came for somebody, for those who lead there."""
    led = initiatives.initiatives_led_by(user)
    rows = MomentSeen.objects.filter(initiative__in=led, participation__person__erased_at=None)
    whole = rows.select_related(
        *("moment__lesson", "moment__point", "by", "state_by", "participation__held_by"),
        *("participation__person__workspace", "participation__initiative__workspace"),
    )
    return get_object_or_404(whole, pk=pk)


def get_came(user: Anyone, pk: int) -> MomentCame:
    led = initiatives.initiatives_led_by(user)
    rows = MomentCame.objects.filter(door__initiative__in=led)
    return get_object_or_404(rows.select_related("door__initiative__workspace"), pk=pk)


def get_door(user: Anyone, initiative_pk: int) -> MomentDoor:
    rows = MomentDoor.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(rows.select_related("initiative__workspace"), initiative=initiative_pk)


def door_at(address: str) -> MomentDoor | None:
    """An open door of an initiative that goes on; who knocks shows their signature next."""
    rows = MomentDoor.objects.filter(closed_at=None, initiative__closed_at=None)
    return rows.select_related("initiative__workspace").filter(address=address).first()


def get_own_moment(participation: Participation, pk: int) -> Moment:
    """A moment that is written for this person, alone or among others."""
    return get_object_or_404(moments_of.moments_about(participation), pk=pk)


def get_own_seen(participation: Participation, pk: int) -> MomentSeen:
    """A moment that came for this person."""
    rows = participation.moments_seen.select_related("moment__lesson", "moment__point", "by")
    found = get_object_or_404(rows, pk=pk)
    found.participation = participation
    return found
