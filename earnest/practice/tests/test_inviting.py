"""Who is asked to come to a lesson ahead is invited by mail where a lead taps it (0.4, 0.6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.people.models import Person
from earnest.practice import actions
from earnest.practice.actions import LessonDraft
from earnest.practice.models import Attendance, Lesson
from earnest.practice.tests.taught import POINTS, a_lesson, fresh, were_there
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

AHEAD = NOW.date() + timedelta(days=6)


@pytest.fixture
def lesson(world: World) -> Lesson:
    Person.objects.filter(pk=world.sam.person_id).update(email="sam@example.org")
    made = a_lesson(world, on=AHEAD, place="The North counter", taught_by="Bo")
    were_there(world, made, world.joan, world.sam, state="unknown")
    return made


def invite(world: World, lesson: Lesson) -> actions.Invited:
    return actions.invite_by_mail(lesson, by=world.lead, at=NOW)


def test_being_asked_to_come_mails_nobody_by_itself(world: World, lesson: Lesson) -> None:
    assert lesson.attendances.count() == 2
    assert not Message.objects.exists()


def test_one_mail_each_with_day_place_and_a_link_to_answer(world: World, lesson: Lesson) -> None:
    assert len(invite(world, lesson).rows) == 2
    mail = Message.objects.get(participation=world.joan)
    assert mail.kind == Message.Kind.NUDGE
    for words in ("Thursday 26 November", "The North counter", "A no is as welcome as a yes"):
        assert words in mail.text
    assert f"[[page]]lessons/{lesson.pk}/" in mail.text
    assert not Evidence.objects.exists()


def test_nobody_is_invited_twice(world: World, lesson: Lesson) -> None:
    invite(world, lesson)
    again = invite(world, lesson)
    assert (again.rows, again.left_out, again.no_room) == ([], 0, 0)
    assert Message.objects.count() == 2


def test_who_said_whether_they_come_gets_none(world: World, lesson: Lesson) -> None:
    actions.say_will(world.joan, lesson, "not_come", at=NOW)
    assert [row.participation for row in invite(world, lesson).rows] == [world.sam]


def test_an_answer_takes_the_mail_back_that_has_not_left(world: World, lesson: Lesson) -> None:
    invite(world, lesson)
    actions.say_will(world.joan, lesson, "come", at=NOW)
    assert Message.objects.get(participation=world.joan).state == Message.State.WITHDRAWN


@pytest.mark.parametrize("wish", list(Wish))
def test_who_objected_is_left_out_and_counted_only(
    world: World, lesson: Lesson, wish: Wish
) -> None:
    messaging.say_wish(world.joan, wish, at=NOW)
    found = invite(world, lesson)
    assert (len(found.rows), found.left_out) == (1, 1)
    assert not Message.objects.filter(participation=world.joan).exists()


def test_who_was_asked_enough_waits_for_room(world: World, lesson: Lesson) -> None:
    for n in (1, 2):
        then = NOW - timedelta(days=n)
        messaging.note_contact(world.joan, direction="we", channel="mail", kind="ask", at=then)
    found = invite(world, lesson)
    assert (len(found.rows), found.no_room) == (1, 1)
    assert Attendance.objects.get(participation=world.joan, lesson=lesson).message_id is None


def test_who_has_no_address_finds_it_on_their_page(world: World, lesson: Lesson) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(email="")
    assert invite(world, lesson).no_address == 1


def test_what_was_taught_or_taken_back_invites_nobody(world: World, lesson: Lesson) -> None:
    taught = a_lesson(world, world.joan)
    with pytest.raises(actions.LessonOver):
        invite(world, taught)
    actions.take_lesson_back(lesson, by=world.lead, at=NOW)
    with pytest.raises(actions.LessonOver):
        invite(world, lesson)


def test_a_lesson_taken_back_takes_its_mails_along(world: World, lesson: Lesson) -> None:
    invite(world, lesson)
    actions.take_lesson_back(lesson, by=world.lead, at=NOW)
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.WITHDRAWN}


def test_who_is_not_asked_any_more_gets_no_mail(world: World, lesson: Lesson) -> None:
    invite(world, lesson)
    actions.note_who_was_there(lesson, {world.joan: ""}, by=world.lead, at=NOW)
    assert Message.objects.get(participation=world.joan).state == Message.State.WITHDRAWN
    assert Message.objects.get(participation=world.sam).state == Message.State.WAITING


def test_moved_to_another_day_they_can_be_invited_anew(world: World, lesson: Lesson) -> None:
    invite(world, lesson)
    later = LessonDraft(lesson.title, AHEAD + timedelta(days=7), POINTS)
    actions.mend_lesson(lesson, later, by=world.lead, at=NOW)
    assert len(invite(world, fresh(lesson)).rows) == 2
    assert Message.objects.filter(state=Message.State.WAITING).count() == 2


def test_without_a_mail_server_it_waits_to_be_handed_over(
    client: Client, world: World, settings: Any
) -> None:
    settings.EMAIL_URL = ""
    client.force_login(world.lead)
    made = a_lesson(world, on=now().date() + timedelta(days=9))
    were_there(world, made, world.joan, state="unknown")
    shown = client.post(f"/practice/lessons/{made.pk}/invited/", follow=True).content.decode()
    assert "Ready under Messages." in shown
    assert "leaves in their working hours" not in shown


def test_a_lead_taps_it_on_the_page_of_the_lesson(client: Client, world: World) -> None:
    client.force_login(world.lead)
    made = a_lesson(world, on=now().date() + timedelta(days=9))
    were_there(world, made, world.joan, state="unknown")
    page = f"/practice/lessons/{made.pk}/"
    assert "Invite them by mail, too" in client.get(page).content.decode()
    assert client.get(f"{page}invited/").status_code == 405
    shown = client.post(f"{page}invited/", follow=True).content.decode()
    assert "One mail leaves in their working hours." in shown
    assert "invited by mail" in shown
    again = client.post(f"{page}invited/", follow=True).content.decode()
    assert "Everybody who is asked to come has had a mail, or answered." in again
