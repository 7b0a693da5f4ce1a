"""Something taught: recorded, mended, taken back, and who was there (0.4, 0.9)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.practice import actions
from earnest.practice.actions import CameUpAlready, LessonDraft, LessonOver, NotTaughtYet
from earnest.practice.models import Attendance, FollowUp, Lesson
from earnest.practice.tests.taught import POINTS, a_lesson, first_point, fresh, were_there
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def deeds(world: World) -> list[tuple[str, int | None]]:
    """What the record has of Joan, as it stands."""
    mine = Evidence.objects.filter(participation_id=world.joan.pk, kind="did")
    back = set(mine.exclude(corrects=None).values_list("corrects", flat=True))
    return [(one.item, one.value) for one in mine.filter(corrects=None) if one.id not in back]


def test_the_first_lesson_lays_the_days_of_follow_ups(world: World) -> None:
    a_lesson(world)
    assert list(world.initiative.follow_up_days.values_list("after", flat=True)) == [3, 10, 30, 90]


def test_days_taken_out_stay_out_with_the_next_lesson(world: World) -> None:
    a_lesson(world)
    assert actions.change_days(world.initiative, [], by=world.lead, at=NOW)
    assert not actions.change_days(world.initiative, [], by=world.lead, at=NOW)
    a_lesson(world, world.joan)
    assert not FollowUp.objects.exists()


def test_a_point_put_in_other_words_is_the_same_point(world: World) -> None:
    lesson = a_lesson(world)
    point = first_point(lesson)
    draft = LessonDraft("Handing over", TODAY, ("One owner", "", POINTS[2], "A fourth"))
    actions.mend_lesson(lesson, draft, by=world.lead, at=NOW)
    assert first_point(lesson).pk == point.pk
    standing = lesson.points.filter(struck_at=None)
    assert [one.words for one in standing] == ["One owner", POINTS[2], "A fourth"]


def test_what_is_still_to_be_asked_moves_with_the_day(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    earlier = TODAY - timedelta(days=2)
    draft = LessonDraft(lesson.title, earlier, POINTS)
    actions.mend_lesson(lesson, draft, by=world.lead, at=NOW)
    first = FollowUp.objects.get(after=3)
    assert (first.due, first.lapses_on) == (TODAY + timedelta(days=1), TODAY + timedelta(days=8))


def test_who_accepted_one_day_has_not_accepted_another(world: World) -> None:
    lesson = a_lesson(world, on=TOMORROW)
    were_there(world, lesson, world.joan, state="unknown")
    actions.say_will(world.joan, lesson, "come", at=NOW)
    draft = LessonDraft(lesson.title, TODAY, POINTS)
    actions.mend_lesson(lesson, draft, by=world.lead, at=NOW)
    were_there(world, fresh(lesson), world.joan, state="not_there")
    assert deeds(world) == []


def test_numbers_follow_what_was_noted_and_noted_otherwise(world: World) -> None:
    lesson = a_lesson(world, world.joan, world.sam)
    assert (lesson.there, lesson.not_there) == (2, 0)
    were_there(world, lesson, world.sam, state="not_there")
    assert (fresh(lesson).there, fresh(lesson).not_there) == (1, 1)
    were_there(world, lesson, world.sam, state="unknown")
    assert (fresh(lesson).there, fresh(lesson).not_there) == (1, 0)


def test_being_there_is_no_deed_of_who_had_not_accepted(world: World) -> None:
    a_lesson(world, world.joan)
    assert deeds(world) == []


@pytest.mark.parametrize(
    ("will", "state", "becomes"),
    [
        ("come", "there", [("attended", 1)]),
        ("come", "not_there", [("attended", 0)]),
        ("come", "unknown", []),
        ("not_come", "there", []),
        ("not_come", "not_there", []),
    ],
)
def test_coming_or_not_is_a_deed_of_who_had_accepted(
    world: World, will: str, state: str, becomes: list[tuple[str, int]]
) -> None:
    lesson = a_lesson(world, on=TOMORROW)
    were_there(world, lesson, world.joan, state="unknown")
    assert actions.say_will(world.joan, lesson, will, at=NOW)
    later = NOW + timedelta(days=2)
    actions.note_who_was_there(lesson, {world.joan: state}, by=world.lead, at=later)
    assert deeds(world) == becomes


def test_noted_otherwise_the_record_says_it_otherwise(world: World) -> None:
    lesson = a_lesson(world, on=TOMORROW)
    were_there(world, lesson, world.joan, state="unknown")
    actions.say_will(world.joan, lesson, "come", at=NOW)
    later = NOW + timedelta(days=2)
    for state in ("not_there", "there"):
        actions.note_who_was_there(lesson, {world.joan: state}, by=world.lead, at=later)
    assert deeds(world) == [("attended", 1)]


def test_who_was_there_is_not_noted_beforehand(world: World) -> None:
    lesson = a_lesson(world, on=TOMORROW)
    with pytest.raises(NotTaughtYet):
        were_there(world, lesson, world.joan)
    assert not Attendance.objects.exists()


def test_a_lesson_with_people_noted_does_not_move_ahead(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    draft = LessonDraft(lesson.title, TOMORROW, POINTS)
    with pytest.raises(NotTaughtYet):
        actions.mend_lesson(lesson, draft, by=world.lead, at=NOW)


def test_nobody_says_whether_they_come_to_what_was_taught(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    with pytest.raises(LessonOver):
        actions.say_will(world.joan, lesson, "come", at=NOW)


def test_whoever_is_not_asked_any_more_has_no_row_left(world: World) -> None:
    lesson = a_lesson(world, on=TOMORROW)
    were_there(world, lesson, world.joan, world.sam, state="unknown")
    actions.say_will(world.sam, lesson, "not_come", at=NOW)
    were_there(world, lesson, world.joan, world.sam, state="")
    assert [one.participation for one in Attendance.objects.all()] == [world.sam]


def test_nothing_is_noted_of_whoever_asked_to_be_left_alone(world: World) -> None:
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    lesson = a_lesson(world, world.joan)
    assert lesson.there == 0
    assert not Attendance.objects.exists()


def test_taken_back_nobody_is_asked_and_no_deed_stands(world: World) -> None:
    lesson = a_lesson(world, on=TOMORROW)
    were_there(world, lesson, world.joan, state="unknown")
    actions.say_will(world.joan, lesson, "come", at=NOW)
    later = NOW + timedelta(days=2)
    actions.note_who_was_there(lesson, {world.joan: "there"}, by=world.lead, at=later)
    assert actions.take_lesson_back(lesson, by=world.lead, at=later)
    assert not actions.take_lesson_back(lesson, by=world.lead, at=later)
    assert deeds(world) == []
    assert set(FollowUp.objects.values_list("state", "why")) == {("left", "taken_back")}


def test_nobody_is_noted_at_a_lesson_that_was_taken_back(world: World) -> None:
    lesson = a_lesson(world)
    actions.take_lesson_back(lesson, by=world.lead, at=NOW)
    with pytest.raises(LessonOver):
        were_there(world, lesson, world.joan)
    assert not Attendance.objects.exists()


def test_what_came_up_for_somebody_is_not_taken_back(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    actions.say_it_came_up(world.joan, first_point(lesson), at=NOW)
    with pytest.raises(CameUpAlready):
        actions.take_lesson_back(lesson, by=world.lead, at=NOW)
    assert Lesson.objects.standing().exists()
