"""A check-in is answered by its leads before the next may open: no line is left without a word."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from earnest.checkins.models import Round
from earnest.initiatives import actions as initiatives
from earnest.messaging.models import Message
from earnest.plans import actions
from earnest.plans.actions import Answer, Heard, LinesWait, NeedsAReason, NotClosedYet
from earnest.plans.models import Input, Reply, RoundReply
from earnest.plans.tests.given import a_round
from tests.worlds import NOW, World

HEARD = Heard("Fridays are the sore point.", "Weekend cover starts on Thursday noon.")
FOR_ALL = Answer("together", "We go through these on Tuesday, whoever likes to come.")


def test_everyone_asked_is_told_and_the_next_may_open(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={})
    told = actions.answer_round(round_, HEARD, by=world.lead, at=NOW)
    round_.refresh_from_db()
    assert round_.answered_at == NOW
    assert {one.participation for one in Message.objects.all()} == {world.joan, world.sam}
    assert {one.kind for one in Message.objects.all()} == {"reply"}
    assert len(told.reached.people) == 2
    Round.objects.create(initiative=world.initiative, closes_on=NOW.date(), made_at=NOW)


def test_the_next_begins_with_what_this_one_changed(client: Client, world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={})
    actions.answer_round(round_, HEARD, by=world.lead, at=NOW)
    client.force_login(world.lead)
    made = client.get(f"/initiatives/{world.initiative.pk}/check-ins/new/").content.decode()
    assert HEARD.changes in made
    assert "What you answered" in client.get(f"/check-ins/{round_.pk}/").content.decode()


def test_until_then_no_other_can_be_made(world: World) -> None:
    a_round(world, anonymous=True, lines={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(initiative=world.initiative, closes_on=NOW.date(), made_at=NOW)


def test_pressed_twice_is_once(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={})
    first = actions.answer_round(round_, HEARD, by=world.lead, at=NOW)
    second = actions.answer_round(round_, HEARD, by=world.lead, at=NOW)
    assert (first.is_new, second.is_new) == (True, False)
    assert Message.objects.count() == 2


def test_lines_without_an_answer_hold_it_back_and_nothing_is_written(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={1: "Later", 2: "Earlier"})
    with pytest.raises(LinesWait) as wait:
        actions.answer_round(round_, HEARD, by=world.lead, at=NOW)
    assert wait.value.count == 2
    assert not RoundReply.objects.exists()
    assert not Message.objects.exists()


def test_one_sentence_may_answer_all_lines_that_wait(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={1: "Later", 2: "Earlier"})
    actions.take_lines(round_, at=NOW)
    own = actions.reply(Input.objects.get(words="Later"), Answer("used"), by=world.lead, at=NOW)
    heard = Heard(HEARD.words, HEARD.changes, FOR_ALL)
    actions.answer_round(round_, heard, by=world.lead, at=NOW)
    assert [(one.outcome, one.reached) for one in Reply.objects.order_by("pk")] == [
        ("used", 2),
        ("together", 2),
    ]
    assert own.reply.input.words == "Later" if own.reply.input else False
    assert not Input.objects.filter(answered_at=None).exists()


def test_not_used_for_all_needs_its_reason_too(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={1: "Later"})
    heard = Heard(HEARD.words, HEARD.changes, Answer("not_used", " "))
    with pytest.raises(NeedsAReason):
        actions.answer_round(round_, heard, by=world.lead, at=NOW)


def test_an_open_one_cannot_be_answered(world: World) -> None:
    round_ = a_round(world, anonymous=True, lines={})
    Round.objects.update(closed_at=None)
    with pytest.raises(NotClosedYet):
        actions.answer_round(round_, HEARD, by=world.lead, at=NOW)


def test_who_asked_to_be_left_alone_gets_no_mail(world: World) -> None:
    round_ = a_round(world, anonymous=False, lines={world.joan: "Ask the North"})
    initiatives.say_wish(world.sam, initiatives.Wish.NOT_THIS, at=NOW)
    heard = Heard(HEARD.words, HEARD.changes, FOR_ALL)
    told = actions.answer_round(round_, heard, by=world.lead, at=NOW)
    assert [one.participation for one in Message.objects.all()] == [world.joan]
    assert told.reached.stopped == 1


def test_the_page_is_written_read_and_sent_and_what_was_typed_stays(
    client: Client, world: World
) -> None:
    round_ = a_round(world, anonymous=True, lines={1: "Later"})
    client.force_login(world.lead)
    page = f"/check-ins/{round_.pk}/answer/"
    typed = {"words": HEARD.words, "changes": HEARD.changes}
    assert client.get(page).status_code == 200
    wrong = client.post(page, {"words": HEARD.words, "look": "yes"})
    assert wrong.status_code == 400
    assert HEARD.words in wrong.content.decode()
    missed = client.post(page, {**typed, "look": "yes"})
    assert missed.status_code == 400
    assert "waits for an answer: answer it" in missed.content.decode()
    whole = {**typed, "all_lines": "on", "outcome": "used", "line_words": "Yes"}
    read = client.post(page, {**whole, "look": "yes"}).content.decode()
    assert "Nothing is kept or sent yet." in read
    assert "As Joan will read it" in read
    assert not RoundReply.objects.exists()
    back = client.post(page, {**whole, "change": "yes"})
    assert back.status_code == 200
    assert HEARD.changes in back.content.decode()
    assert client.post(page, {**whole, "send": "yes"}).status_code == 302
    assert RoundReply.objects.get().changes == HEARD.changes
    assert HEARD.changes in client.get(page).content.decode()
    assert client.post(page, {**whole, "send": "yes"}).status_code == 200
    assert RoundReply.objects.count() == 1


def test_going_to_answer_one_by_one_loses_nothing_that_was_typed(
    client: Client, world: World
) -> None:
    round_ = a_round(world, anonymous=True, lines={1: "Later"})
    client.force_login(world.lead)
    taken = reverse("plans:lines_taken", args=[round_.pk])
    typed = {"words": HEARD.words, "changes": "", "line_words": "On Tuesday"}
    page = client.post(taken, typed).content.decode()
    assert HEARD.words in page
    assert "On Tuesday" in page
    assert f"/inputs/{Input.objects.get().pk}/" in page  # its own answer, one link away
    assert client.post(taken, {"words": " "}).status_code == 302
