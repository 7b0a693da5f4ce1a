"""One point brought back after 3, 10, 30 and 90 days, within everybody's limits (0.9)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact, Message
from earnest.people import actions as people
from earnest.people.models import Person
from earnest.practice import actions, sweeps
from earnest.practice.actions import AnswerOver, Said
from earnest.practice.models import FollowUp
from earnest.practice.tests.taught import POINTS, a_lesson
from earnest.standing import actions as standing
from earnest.standing.models import Evidence
from tests.worlds import NOW, World


def day(number: int) -> datetime:
    """So many days after the lesson, at eleven in the morning where they live."""
    return NOW + timedelta(days=number, hours=1)


def asked(whom: Participation) -> list[int]:
    rows = whom.follow_ups.exclude(asked_at=None).order_by("after")
    return list(rows.values_list("after", flat=True))


def test_one_point_comes_back_on_the_third_day_as_a_question(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    assert sweeps.bring_back(at=day(2)) == 0
    assert sweeps.bring_back(at=day(3)) == 1
    row = FollowUp.objects.get(after=3)
    message = Message.objects.get(pk=row.message_id or 0)
    assert message.kind == Message.Kind.NUDGE
    assert POINTS[0] in message.text
    assert lesson.title in message.subject
    assert f"[[page]]follow-up/{row.pk}/?answer=no_chance" in message.text
    assert f"[[page]]follow-up/{row.pk}/?answer=came_up" in message.html


def test_it_is_asked_once_however_often_the_clock_looks(world: World) -> None:
    a_lesson(world, world.joan)
    assert [sweeps.bring_back(at=day(3)) for _ in range(3)] == [1, 0, 0]


def test_four_times_in_all_each_time_another_point(world: World) -> None:
    a_lesson(world, world.joan)
    for number in range(120):
        sweeps.bring_back(at=day(number))
        Message.objects.filter(state="waiting").update(state="sent")
    assert asked(world.joan) == [3, 10, 30, 90]
    words = FollowUp.objects.order_by("after").values_list("point__words", flat=True)
    assert list(words) == [*POINTS, POINTS[0]]


def test_never_two_at_once_over_all_lessons(world: World) -> None:
    for title in ("Handing over", "Asking back"):
        a_lesson(world, world.joan, title=title)
    assert sweeps.bring_back(at=day(3)) == 1
    assert set(FollowUp.objects.filter(after=3).values_list("state", "why")) == {
        ("asked", ""),
        ("waiting", "enough"),
    }


def test_without_room_it_waits_and_lapses_with_the_reason(world: World) -> None:
    a_lesson(world, world.joan)
    for number in (1, 2):
        at = day(number)
        messaging.put_in_outbox(
            world.joan, messaging.Draft("ask", "A", "a"), by=world.lead, at=at, leaves_at=at
        )
    assert sweeps.bring_back(at=day(3)) == 0
    row = FollowUp.objects.get(after=3)
    assert (row.state, row.why, row.message_id) == ("waiting", "enough", None)
    sweeps.bring_back(at=day(10))
    row.refresh_from_db()
    assert (row.state, row.why) == ("left", "enough")


def test_nobody_is_asked_while_away(world: World) -> None:
    a_lesson(world, world.joan)
    first = day(2).date()
    people.note_away(world.joan.person, first_day=first, last_day=day(4).date(), by=None, at=NOW)
    assert sweeps.bring_back(at=day(3)) == 0
    assert sweeps.bring_back(at=day(5)) == 1


@pytest.mark.parametrize("wish", [Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_whoever_objects_is_asked_nothing_more(world: World, wish: Wish) -> None:
    a_lesson(world, world.joan)
    initiatives.say_wish(world.joan, wish, at=NOW)
    sweeps.bring_back(at=day(3))
    assert asked(world.joan) == []
    assert FollowUp.objects.get(after=3).why == "stopped"


def test_less_please_is_obeyed(world: World) -> None:
    a_lesson(world, world.joan)
    messaging.say_wish(world.joan, Wish.LESS, at=NOW)
    for number in range(12):
        sweeps.bring_back(at=day(number))
    assert asked(world.joan) == []


def test_whoever_said_no_is_not_worked_on(world: World) -> None:
    a_lesson(world, world.joan)
    standing.note_no(world.joan, "too much else", by=world.lead, at=NOW)
    sweeps.bring_back(at=day(3))
    assert FollowUp.objects.get(after=3).why == "said_no"


def test_after_weeks_without_a_clock_nothing_old_is_asked(world: World) -> None:
    a_lesson(world, world.joan)
    assert sweeps.bring_back(at=day(29)) == 0
    assert sweeps.bring_back(at=day(31)) == 1
    assert asked(world.joan) == [30]


def test_a_point_left_out_since_is_not_asked(world: World) -> None:
    lesson = a_lesson(world, world.joan)
    lesson.points.update(struck_at=NOW)
    assert sweeps.bring_back(at=day(3)) == 0


def test_whoever_has_no_address_finds_it_on_their_page(world: World) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(email="")
    a_lesson(world, world.joan)
    assert sweeps.bring_back(at=day(3)) == 1
    assert not Message.objects.exists()
    assert FollowUp.objects.get(after=3).state == "asked"


def test_no_answer_says_nothing_and_an_answer_is_no_evidence(world: World) -> None:
    a_lesson(world, world.joan)
    sweeps.bring_back(at=day(3))
    row = FollowUp.objects.get(after=3)
    assert actions.answer_follow_up(row, Said("no_chance"), at=day(3))
    assert not actions.answer_follow_up(row, Said("no_chance"), at=day(3))
    assert actions.answer_follow_up(row, Said("", "the desk has no requests yet"), at=day(4))
    assert not Evidence.objects.exists()
    assert Contact.objects.filter(direction="they", kind="answer").count() == 2


def test_what_was_never_asked_is_not_answered(world: World) -> None:
    a_lesson(world, world.joan)
    row = FollowUp.objects.get(after=3)
    with pytest.raises(AnswerOver):
        actions.answer_follow_up(row, Said("no_chance"), at=NOW)


def test_many_people_cost_a_fixed_number_of_queries(world: World) -> None:
    Person.objects.filter(pk=world.sam.person_id).update(email="sam@example.org")
    a_lesson(world, world.joan)
    with CaptureQueriesContext(connection) as one:
        assert sweeps.bring_back(at=day(3)) == 1
    FollowUp.objects.all().delete()
    Message.objects.all().delete()
    a_lesson(world, world.joan, world.sam)
    with CaptureQueriesContext(connection) as two:
        assert sweeps.bring_back(at=day(3)) == 2
    assert len(two) == len(one)
