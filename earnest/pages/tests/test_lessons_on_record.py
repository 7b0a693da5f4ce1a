"""Lessons: everything held is shown, taken along, left out and erased as the rest is (privacy.md)."""

from __future__ import annotations

import json

import pytest

from earnest.accounts.models import User
from earnest.core.models import Event
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.pages.erasure import erase_from_initiative
from earnest.pages.everything import everything_about
from earnest.pages.export.lessons import files_of
from earnest.pages.record import record_of
from earnest.pages.search.finding import find
from earnest.practice import actions
from earnest.practice.actions import Said, Went
from earnest.practice.models import Agreement, Attendance, CameUp, FollowUp, Lesson
from earnest.practice.tests.taught import a_lesson, first_point, fresh
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
IBIS, HERON, WALRUS = "The ibis list was handed over", "No heron came by", "Nobody says it for me"


@pytest.fixture
def lesson(world: World) -> Lesson:
    """Joan was there with Sam; it came up, she answered once, and Sam may say it for her."""
    lesson = a_lesson(world, world.joan, world.sam, taught_by="Joan Okafor")
    row = actions.say_it_came_up(world.joan, first_point(lesson), at=NOW)
    actions.say_how_it_went(row, Went("chose_not", WALRUS), at=NOW)
    actions.say_how_it_went(row, Went("helped", IBIS), at=NOW)
    asked = FollowUp.objects.filter(participation=world.joan, after=10)
    asked.update(state="asked", asked_at=NOW)
    actions.answer_follow_up(asked.get(), Said("no_chance", HERON), at=NOW)
    actions.agree(world.joan, world.sam, at=NOW)
    actions.agree(world.sam, world.joan, at=NOW)
    return lesson


def test_one_read_holds_all_of_it(world: World, lesson: Lesson) -> None:
    practice = record_of(world.joan, today=NOW.date()).practice
    (was,) = practice.lessons
    assert (was.title, was.was_there, was.is_primed) == (lesson.title, True, False)
    assert [one.words for one in was.points] == [one.words for one in lesson.points.all()]
    assert [(one.how, one.words) for one in practice.came_up] == [("helped", IBIS)]
    assert [one.words for one in practice.answered] == [HERON]
    assert [one.who for one in practice.lets] == ["Sam Reyes"]
    assert [one.who for one in practice.may_tell_for] == ["Sam Reyes"]


def test_a_lesson_they_were_at_waits_until_it_came_up(world: World, lesson: Lesson) -> None:
    (was,) = record_of(world.sam, today=NOW.date()).practice.lessons
    assert was.is_primed


def test_everything_held_is_there_to_take_along(world: World, lesson: Lesson) -> None:
    data = json.dumps(everything_about(world.joan, at=NOW), default=str)
    for words in (IBIS, HERON, WALRUS, lesson.title, "Sam Reyes"):
        assert words in data


def test_erased_no_word_stays_and_the_count_does(world: World, lesson: Lesson) -> None:
    assert fresh(lesson).used_by == 1
    erase_from_initiative(world.joan, by=None, at=NOW)
    for model in (Attendance, FollowUp):
        assert not model._default_manager.filter(participation=world.joan.pk).exists()
    assert not CameUp.objects.exists()
    assert not Agreement.objects.exists()
    there = fresh(lesson)
    assert (there.there, there.came_up_for, there.used_by) == (2, 1, 1)
    assert "Joan" not in there.taught_by
    gone = ("attendance", "followup", "cameup", "agreement")
    assert not Event.objects.filter(object_type__in=gone, object_id__isnull=False).exists()


def taken_out(world: World, *, with_people: bool) -> str:
    return "".join("".join(one.text) for one in files_of(world.initiative, with_people))


def test_without_people_only_our_own_words_leave(world: World, lesson: Lesson) -> None:
    without = taken_out(world, with_people=False)
    assert lesson.title in without
    for words in (IBIS, HERON, "Joan", "Sam"):
        assert words not in without
        assert words in taken_out(world, with_people=True)


def test_of_who_stopped_nothing_leaves(world: World, lesson: Lesson) -> None:
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    for words in (IBIS, HERON, "Joan"):
        assert words not in taken_out(world, with_people=True)


def sorts(user: User, words: str) -> set[str]:
    return {group.sort.name for group in find(user, words).groups}


def test_leads_find_lessons_and_points_and_nobody_else_does(world: World, lesson: Lesson) -> None:
    assert sorts(world.lead, "Handing") == {"lesson"}
    assert sorts(world.lead, "owner for each") == {"point"}
    for other in (world.sponsor, world.contributor, world.member, world.outsider):
        assert not sorts(other, "Handing")
        assert not sorts(other, "owner for each")
