"""An answer to an open question is taken up into the plan, and stays its author's (1.10, privacy.md 4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from earnest.ideas.models import Answer, Passing
from earnest.ideas.tests.asking import a_topic, answer
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.pages import erasure
from earnest.pages.actions import own_answers, own_words
from earnest.plans import actions, queries
from earnest.plans.actions import Answer as Given
from earnest.plans.actions import AnswerGone
from earnest.plans.models import Input
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WORDS = "Nobody should carry the night list alone"


def taken_up(world: World, passing: str = Passing.UNNAMED) -> tuple[Answer, Input]:
    said = answer(a_topic(world), world.joan, WORDS, passing=passing)
    return said, actions.take_answer_up(said, by=world.lead, at=NOW)[0]


def test_pressed_twice_it_is_taken_once_and_waits_for_a_reply(world: World) -> None:
    said, taken = taken_up(world)
    again, new = actions.take_answer_up(said, by=world.lead, at=NOW)
    assert (again, new) == (taken, False)
    world.initiative.refresh_from_db()
    assert world.initiative.inputs_open == 1


def test_the_clock_takes_up_no_answer(world: World) -> None:
    answer(a_topic(world), world.joan, WORDS)
    assert actions.take_up(world.initiative, at=NOW) == 0


def test_answering_counted_and_taking_it_up_does_not_count_again(world: World) -> None:
    taken_up(world)
    assert Evidence.objects.filter(participation_id=world.joan.pk, kind="did").count() == 1


def test_its_author_is_told_and_reads_what_became_of_it_beside_it(
    world: World, client: Client
) -> None:
    said, taken = taken_up(world)
    actions.reply(taken, Given("used", "Two people from May"), by=world.lead, at=NOW)
    mails = Message.objects.filter(participation=world.joan, kind=Message.Kind.REPLY)
    assert "Two people from May" in mails.get().text
    client.get(
        reverse("pages:open_link", args=[initiatives.make_link(world.joan, by=world.lead, at=NOW)])
    )
    where = [world.joan.pk, said.topic.space_id, said.topic_id]
    page = client.get(reverse("pages:mine_topic", args=where)).content.decode()
    assert "Two people from May" in page


def test_without_names_its_day_stands_nowhere_by_the_taking(world: World) -> None:
    topic = a_topic(world, names=False)
    said, *_others = [answer(topic, f"browser {n}", f"{WORDS} {n}") for n in range(5)]
    later = NOW + timedelta(days=3)
    assert actions.take_answer_up(said, by=world.lead, at=later)[0].at == later
    named = answer(a_topic(world), world.joan, WORDS)
    assert actions.take_answer_up(named, by=world.lead, at=later)[0].at < later


def test_without_names_it_is_nobodys_and_told_where_it_was_written(world: World) -> None:
    topic = a_topic(world, names=False)
    said, *_others = [answer(topic, f"browser {n}", f"{WORDS} {n}") for n in range(5)]
    taken, _new = actions.take_answer_up(said, by=world.lead, at=NOW)
    actions.reply(taken, Given("used", "Two people from May"), by=world.lead, at=NOW)
    assert taken.participation is None
    assert queries.became_of_answers([said.pk])[said.pk].words == "Two people from May"
    assert not Message.objects.exists()
    assert not Evidence.objects.exists()


def test_what_nobody_has_seen_yet_is_not_taken_up(world: World) -> None:
    said = answer(a_topic(world, names=False), "a browser", WORDS)
    with pytest.raises(AnswerGone):
        actions.take_answer_up(said, by=world.lead, at=NOW)


def test_after_a_stop_it_is_not_taken_up(world: World) -> None:
    said = answer(a_topic(world), world.joan, WORDS)
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    with pytest.raises(AskedToStop):
        actions.take_answer_up(said, by=world.lead, at=NOW)
    assert not Input.objects.exists()


def test_other_words_of_its_author_stand_in_the_plan_at_once(world: World) -> None:
    said, taken = taken_up(world)
    assert own_answers.change(said, "Two people at night", at=NOW)
    taken.refresh_from_db()
    assert taken.words == "Two people at night"


def test_mended_where_it_became_of_it_stands_the_answer_is_mended_too(world: World) -> None:
    said, taken = taken_up(world)
    assert own_words.mend_input(taken, "Two people at night", at=NOW)
    said.refresh_from_db()
    assert said.words == "Two people at night"


def test_taken_back_it_stands_nowhere_and_waits_for_nothing(world: World) -> None:
    said, taken = taken_up(world)
    assert own_answers.take_back(said, at=NOW)
    taken.refresh_from_db()
    world.initiative.refresh_from_db()
    assert not Answer.objects.exists()
    assert (taken.words, taken.erased_at, world.initiative.inputs_open) == ("", NOW, 0)


def test_taken_back_on_the_page_of_the_plan_the_answer_is_gone(world: World) -> None:
    _said, taken = taken_up(world)
    assert own_words.strike_input(taken, at=NOW)
    assert not Answer.objects.exists()


def test_who_may_read_it_is_obeyed_on_both_sides(world: World) -> None:
    said, taken = taken_up(world, Passing.NAMED)
    actions.pass_answer_on(said, Passing.LEADS, at=NOW)
    taken.refresh_from_db()
    assert taken.passed_on == "leads"
    actions.pass_input_on(taken, "unnamed", at=NOW)
    said.refresh_from_db()
    assert said.passing == Passing.UNNAMED


def test_erased_with_its_author_everywhere(world: World) -> None:
    _said, taken = taken_up(world)
    erasure.erase_person(world.joan.person, by=None, at=NOW)
    taken.refresh_from_db()
    assert (taken.words, taken.answer) == ("erased", None)
    assert not Answer.objects.filter(words=WORDS).exists()


def test_a_lead_takes_it_up_from_the_page_of_the_question(world: World, client: Client) -> None:
    said = answer(a_topic(world), world.joan, WORDS)
    client.force_login(world.lead)
    question = client.get(reverse("ideas:topic", args=[said.topic_id])).content.decode()
    became = reverse("plans:answer_became", args=[said.pk])
    assert became in question
    assert b"Take it up" in client.get(became).content
    page = client.post(reverse("plans:answer_taken_up", args=[said.pk]), follow=True)
    assert WORDS in page.content.decode()
