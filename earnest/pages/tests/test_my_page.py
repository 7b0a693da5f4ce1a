"""My page: their words first, what became of them, and what they can do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Stage
from earnest.listening import actions as listening
from earnest.listening import queries
from earnest.listening.models import Conversation, Finding, Question, Quote
from earnest.pages import actions
from earnest.pages.tests.own import Heard, finding, hear, opened
from earnest.people.models import Person
from tests.worlds import World


@pytest.fixture
def heard(world: World) -> Heard:
    return hear(world, at=now())


@pytest.fixture
def own(client: Client, world: World) -> str:
    return opened(client, world.joan)


def read(client: Client, own: str) -> str:
    return client.get(own).content.decode()


def in_order(html: str, *words: str) -> bool:
    places = [html.index(one) for one in words]
    return places == sorted(places)


def test_their_words_come_first_then_promises_then_the_plan(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    html = read(client, own)
    assert in_order(
        html,
        "this is what became of what you said",
        "In your words",
        "We promised you",
        "You took on",
        "Ask, or add something",
        "The plan",
        "How much you are asked",
    )


def test_on_the_first_day_it_says_what_will_be_here_and_the_one_thing_to_do(
    client: Client, own: str
) -> None:
    html = read(client, own)
    assert "Nothing has happened yet, and that is fine" in html
    assert in_order(html, "Nothing has happened yet", "You can begin", "The plan")
    assert "In your words" not in html


def test_what_became_of_a_question_stands_beside_it(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    assert "an answer is owed to you" in read(client, own)
    question = Question.objects.get(participation=world.joan)
    listening.answer_question(question, "The night porter does.", by=world.lead, at=now())
    assert "The night porter does." in read(client, own)


def test_a_need_named_in_two_talks_is_listed_once_with_both_days(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    earlier = (now() - timedelta(days=9)).replace(hour=11)  # the same day for both readers
    again = listening.Taken("A shorter zebra form", world.joan)
    listening.take_need(finding(heard.alone, Finding.Kind.NEED, "hands"), again, at=earlier)
    lead = Client()
    lead.force_login(world.lead)
    place = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    for html in (read(client, own), lead.get(place).content.decode()):
        assert html.count("A shorter zebra form") == 1
        assert f"{earlier.day} {earlier:%b}" in html


def test_what_i_meant_stands_there_at_once_on_both_pages(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    quote = world.joan.quotes.get(words__startswith="Forty")
    answer = client.post(f"{own}quotes/{quote.pk}/meant/", {"words": "Thirty slots are open"})
    assert answer.headers["Location"] == f"{own}#quote-{quote.pk}"
    lead = Client()
    lead.force_login(world.lead)
    for address in (
        f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/",
        f"/conversations/{heard.alone.pk}/",
    ):
        html = lead.get(address).content.decode()
        assert "Thirty slots are open" in html
        assert "corrected by them" in html
        assert "Forty" not in html
    mine = read(client, own)
    assert mine.count("Thirty slots are open") >= 2  # beside its day, and in the notes
    assert "Forty" not in mine


def test_empty_words_are_said_beside_the_field_and_nothing_changes(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    quote = world.joan.quotes.get(words__startswith="Forty")
    answer = client.post(f"{own}quotes/{quote.pk}/meant/", {"words": "  "})
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Write what you meant." in html
    assert html.count("<details open>") == 1
    assert Quote.objects.get(pk=quote.pk).corrected_at is None


def test_taken_back_it_stands_nowhere_and_twice_is_friendly(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    quote = world.joan.quotes.get(words__startswith="Forty")
    client.post(f"{own}quotes/{quote.pk}/struck/")
    html = read(client, own)
    assert "Forty" not in html
    assert "Took words back" in html
    again = client.post(f"{own}quotes/{quote.pk}/struck/", follow=True)
    assert "That was taken back before." in again.content.decode()


def test_who_may_see_each_word_is_theirs_to_say(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    quote = world.joan.quotes.get(words__startswith="Forty")
    address = f"{own}quotes/{quote.pk}/passed-on/"
    client.post(address, {"passed_on": "unnamed"})
    assert [one.name for one in queries.quotes_passed_on(world.initiative)] == [""]
    client.post(address, {"passed_on": "everybody"})  # no such choice
    assert "Passed on: without my name" in read(client, own)
    client.post(address, {"passed_on": "leads"})
    assert queries.quotes_passed_on(world.initiative) == []


def test_asking_and_adding_in_one_field(client: Client, world: World, own: str) -> None:
    words = "The tray is full.\r\nWho empties it?"
    for _twice in range(2):
        assert client.post(f"{own}say/", {"words": words}).status_code == 302
    html = read(client, own)
    assert "in your own hand" in html
    assert "an answer is owed to you" in html
    assert Conversation.objects.get().notes == "The tray is full.\nWho empties it?"
    lead = Client()
    lead.force_login(world.lead)
    person = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert "in their own hand" in person.content.decode()
    assert "not read yet" in person.content.decode()


@pytest.mark.parametrize(
    ("words", "said"), [("", "Write a word or two first."), ("a" * 2001, "2,000 characters")]
)
def test_nothing_or_too_much_is_said_and_kept_in_the_field(
    client: Client, own: str, words: str, said: str
) -> None:
    answer = client.post(f"{own}say/", {"words": words})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert words in answer.content.decode()
    assert not Conversation.objects.exists()


def test_after_a_stop_the_page_says_that_they_may_write_all_the_same(
    client: Client, world: World, own: str
) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    assert "that stays so whatever you write" in read(client, own)
    client.post(f"{own}say/", {"words": "One more thing"})
    assert "One more thing" in read(client, own)


def test_the_plan_says_who_decides_when_and_the_path(
    client: Client, world: World, own: str
) -> None:
    one = world.initiative
    one.who_decides, one.decides_on = "The five leads", now().date()
    one.save()
    reached = {"initiative": one, "position": 1, "name": "everybody heard"}
    Stage.objects.create(**reached, reached_on=now().date())
    Stage.objects.create(initiative=one, position=2, name="tried", must_be_true="two desks tried")
    html = read(client, own)
    for words in ("The five leads", "everybody heard", "reached on", "two desks tried"):
        assert words in html


def test_how_often_they_are_asked_is_said_in_plain_words(
    client: Client, world: World, own: str
) -> None:
    assert "at most twice in 14 days" in read(client, own)
    until = now() + timedelta(days=6)
    Person.objects.update(asked_enough_until=until)
    assert "asked enough for now" in read(client, own)
    Person.objects.update(left_alone_until=until)
    assert "You are left alone until" in read(client, own)
    Person.objects.update(
        left_alone_until=now() - timedelta(days=1), asked_enough_until=None, wants_less_at=now()
    )
    html = read(client, own)
    assert "left alone until" not in html
    assert "at most once in 28 days" in html


def test_the_lead_who_looks_as_they_see_it_presses_nothing(
    client: Client, world: World, heard: Heard
) -> None:
    actions.tell_back(heard.alone, world.joan, "", by=world.lead, at=now())
    client.force_login(world.lead)
    html = client.get(f"/people/{world.joan.pk}/see-as/").content.decode()
    assert "In your words" in html
    assert f'href="/mine/{world.joan.pk}/heard/' not in html


def test_however_much_was_said_it_costs_the_same(
    client: Client, world: World, heard: Heard, own: str
) -> None:
    costs = []
    for many in (1, 9):
        for number in range(many):
            listening.write_in_own_hand(
                world.joan, f"Word {many} {number}.\nWhy {number}?", on=now().date(), at=now()
            )
        with CaptureQueriesContext(connection) as queries_asked:
            assert client.get(own).status_code == 200
        costs.append(len(queries_asked))
    assert costs[0] == costs[1] <= 15
