"""It came up: said by the person or a colleague they agreed with, and how it went (0.4, 0.8)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.practice import actions
from earnest.practice.actions import NoAgreement, Went
from earnest.practice.models import CameUp, FollowUp
from earnest.practice.tests.taught import a_lesson, first_point, fresh
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

LATER = NOW + timedelta(hours=3)


def deeds(world: World) -> list[tuple[str, int | None]]:
    mine = Evidence.objects.filter(participation_id=world.joan.pk)
    back = set(mine.exclude(corrects=None).values_list("corrects", flat=True))
    rows = [one for one in mine.filter(corrects=None) if one.id not in back]
    return [(f"{one.kind} {one.item}", one.value) for one in rows]


@pytest.mark.parametrize(
    ("how", "becomes"),
    [
        ("helped", [("did practised", 1)]),
        ("no_help", [("did practised", 1)]),
        ("chose_not", [("did practised", 0)]),
        ("not_so", []),
    ],
)
def test_their_own_word_of_how_it_went_is_evidence_by_the_table(
    world: World, how: str, becomes: list[tuple[str, int]]
) -> None:
    point = first_point(a_lesson(world, world.joan))
    row = actions.say_it_came_up(world.joan, point, at=NOW)
    assert deeds(world) == []  # that it came up alone says nothing
    actions.say_how_it_went(row, Went(how, "the second desk had it"), at=LATER)
    assert deeds(world) == becomes


def test_said_otherwise_a_new_row_names_the_old_one(world: World) -> None:
    point = first_point(a_lesson(world, world.joan))
    row = actions.say_it_came_up(world.joan, point, at=NOW)
    for how in ("chose_not", "helped"):
        actions.say_how_it_went(row, Went(how), at=LATER)
    assert CameUp.objects.count() == 3
    assert [one.how for one in CameUp.objects.standing()] == ["helped"]
    assert CameUp.objects.standing().get().at == NOW
    assert deeds(world) == [("did practised", 1)]
    assert actions.say_how_it_went(row, Went("helped"), at=LATER).corrects is not None
    assert CameUp.objects.count() == 3


def test_tapped_twice_is_the_same_time_and_later_is_another(world: World) -> None:
    point = first_point(a_lesson(world, world.joan))
    row = actions.say_it_came_up(world.joan, point, at=NOW)
    assert actions.say_it_came_up(world.joan, point, at=LATER).pk == row.pk
    actions.say_how_it_went(row, Went("helped"), at=LATER)
    assert actions.say_it_came_up(world.joan, point, at=LATER).pk != row.pk


def test_numbers_count_people_and_no_chance_yet_stands_apart(world: World) -> None:
    lesson = a_lesson(world, world.joan, world.sam)
    assert lesson.no_chance_yet == 2
    for point in lesson.points.select_related("lesson")[:2]:
        row = actions.say_it_came_up(world.joan, point, at=NOW)
        actions.say_how_it_went(row, Went("helped"), at=LATER)
    there = fresh(lesson)
    assert (there.came_up_for, there.used_by, there.no_chance_yet) == (1, 1, 1)


def test_what_was_not_so_counts_for_nobody(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    row = actions.say_it_came_up(world.joan, first_point(lesson), at=NOW)
    actions.say_how_it_went(row, Went("not_so"), at=LATER)
    assert (fresh(lesson).came_up_for, fresh(lesson).no_chance_yet) == (0, 1)


def test_the_moment_takes_the_place_of_the_next_follow_up(world: World) -> None:
    actions.say_it_came_up(world.joan, first_point(a_lesson(world, world.joan)), at=NOW)
    rows = FollowUp.objects.order_by("after").values_list("after", "state", "why")
    assert list(rows)[:2] == [(3, "left", "moment"), (10, "waiting", "")]


def test_a_colleague_says_so_with_their_agreement_alone(world: World) -> None:
    point = first_point(a_lesson(world, world.joan))
    with pytest.raises(NoAgreement):
        actions.say_it_came_up(world.joan, point, at=NOW, told_by=world.sam)
    agreed = actions.agree(world.joan, world.sam, at=NOW)
    assert actions.agree(world.joan, world.sam, at=NOW).pk == agreed.pk
    row = actions.say_it_came_up(world.joan, point, at=NOW, told_by=world.sam)
    assert (row.told_by, row.how) == (world.sam, "")
    assert deeds(world) == []


def test_an_agreement_taken_back_ends_at_once(world: World) -> None:
    point = first_point(a_lesson(world, world.joan))
    agreed = actions.agree(world.joan, world.sam, at=NOW)
    assert actions.take_agreement_back(agreed, at=NOW)
    assert not actions.take_agreement_back(agreed, at=NOW)
    with pytest.raises(NoAgreement):
        actions.say_it_came_up(world.joan, point, at=NOW, told_by=world.sam)
    assert actions.agree(world.joan, world.sam, at=LATER).pk != agreed.pk


def test_after_a_stop_only_their_own_tap_is_heard(world: World) -> None:
    point = first_point(a_lesson(world, world.joan))
    actions.agree(world.joan, world.sam, at=NOW)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    with pytest.raises(AskedToStop):
        actions.say_it_came_up(world.joan, point, at=NOW, told_by=world.sam)
    assert actions.say_it_came_up(world.joan, point, at=NOW).told_by is None
