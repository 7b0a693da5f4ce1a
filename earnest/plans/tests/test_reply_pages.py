"""The queue and the pages behind it: what they ask before anything is sent, and what they cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.messaging.models import Message
from earnest.plans import actions
from earnest.plans.actions import Answer
from earnest.plans.models import Input, Part, Reply
from earnest.plans.tests.given import A_YEAR, FRIDAY, a_need, a_quote, an_input
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def queue(world: World) -> str:
    return f"/initiatives/{world.initiative.pk}/replies/"


def test_empty_it_says_what_will_be_there_and_what_to_do_first(lead: Client, world: World) -> None:
    page = lead.get(queue(world)).content.decode()
    assert "Nothing waits for an answer" in page
    assert "The first thing to do: listen" in page


def test_what_waits_stands_there_with_its_age_and_the_decision(lead: Client, world: World) -> None:
    an_input(world, world.joan)
    a_need(world, world.joan, world.sam)
    page = lead.get(queue(world)).content.decode()
    assert "2 inputs wait for an answer" in page
    assert "need of 2 people" in page
    assert "before the decision" in page
    assert "Check and send to 2" in page


def test_it_is_seen_as_they_will_read_it_and_nothing_is_sent_yet(
    lead: Client, world: World
) -> None:
    need = a_need(world, world.sam)
    a_quote(world.joan).needs.add(need)
    page = lead.post(
        f"/needs/{need.pk}/reply/checked/", {"outcome": "used", "words": "It lasts."}
    ).content.decode()
    assert "As Joan will read it" in page
    assert FRIDAY in page
    assert "It lasts." in page
    assert "For 2 people" in page
    assert not Reply.objects.exists()
    assert not Message.objects.exists()


def test_sent_it_says_how_many_have_it_and_goes_back_to_the_queue(
    lead: Client, world: World
) -> None:
    need = a_need(world, world.joan, world.sam)
    typed = {"outcome": "used", "words": "It lasts."}
    page = lead.post(f"/needs/{need.pk}/replied/", typed, follow=True).content.decode()
    assert "Answered for 2 people." in page
    assert Message.objects.count() == 2
    again = lead.post(f"/needs/{need.pk}/replied/", typed, follow=True).content.decode()
    assert "That was sent before." in again
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": "Typed before"}, "nothing closes without"),
        ({"outcome": "not_used", "words": "  "}, "Say why it could not be used"),
    ],
)
def test_without_an_outcome_or_a_reason_it_stays_open_and_what_was_typed_is_there(
    lead: Client, world: World, typed: dict[str, str], said: str
) -> None:
    taken = an_input(world, world.joan)
    for step in ("checked", "replied"):
        answer = lead.post(f"/inputs/{taken.pk}/{step}/", typed)
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert typed["words"].strip() in answer.content.decode()
    assert not Reply.objects.exists()


def test_change_brings_back_what_was_typed(lead: Client, world: World) -> None:
    taken = an_input(world, world.joan)
    typed = {"outcome": "used", "words": "Six weeks", "change": "yes"}
    page = lead.post(f"/inputs/{taken.pk}/replied/", typed)
    assert page.status_code == 200
    assert "Six weeks" in page.content.decode()
    assert not Reply.objects.exists()


def test_a_stale_tab_is_told_who_answered_and_keeps_what_was_typed(
    lead: Client, world: World
) -> None:
    taken = an_input(world, world.joan)
    actions.reply(taken, Answer("used", "All of it"), by=world.co_lead, at=NOW)
    typed = {"outcome": "in_part", "words": "Six weeks", "seen": "0"}
    page = lead.post(f"/inputs/{taken.pk}/replied/", typed)
    assert page.status_code == 409
    assert "answered it a moment ago" in page.content.decode()
    assert "Six weeks" in page.content.decode()
    assert Reply.objects.count() == 1


def test_the_part_of_the_plan_can_be_named(lead: Client, world: World) -> None:
    part = Part.objects.create(
        initiative=world.initiative, title="Cover", why="w", made_at=NOW, changed_at=NOW
    )
    taken = an_input(world, world.joan)
    typed = {"outcome": "used", "words": "Yes", "part": part.pk}
    lead.post(f"/inputs/{taken.pk}/replied/", typed)
    assert Reply.objects.get().part == part
    assert "Cover" in Message.objects.get().text


def test_a_quote_is_marked_from_the_person_page(lead: Client, world: World) -> None:
    quote = a_quote(world.joan)
    person = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    assert "This asks for an answer" in lead.get(person).content.decode()
    page = lead.post(f"/quotes/{quote.pk}/input/", {"next": person}, follow=True)
    assert page.redirect_chain[-1][0] == person
    assert Input.objects.get().quote == quote
    assert "This asks for an answer" not in lead.get(person).content.decode()


def test_noted_by_hand_with_its_errors_beside_the_fields(lead: Client, world: World) -> None:
    page = f"/initiatives/{world.initiative.pk}/inputs/new/"
    wrong = lead.post(page, {"words": A_YEAR, "on": "2999-01-01", "whose": world.joan.pk})
    assert wrong.status_code == 400
    assert A_YEAR in wrong.content.decode()
    lead.post(page, {"words": A_YEAR, "on": "2026-11-20", "whose": world.joan.pk})
    assert Input.objects.get().participation == world.joan


def test_an_input_is_put_under_a_need_with_another_and_back(lead: Client, world: World) -> None:
    first, second = an_input(world, world.joan), an_input(world, world.sam, "Same")
    need = a_need(world, world.sam)
    place = f"/inputs/{second.pk}/place/"
    for chosen, expected in (
        (f"input-{first.pk}", (None, first.pk)),
        (f"need-{need.pk}", (need.pk, None)),
        ("", (None, None)),
    ):
        lead.post(place, {"place": chosen})
        second.refresh_from_db()
        assert (second.need_id, second.same_as_id) == expected
    assert lead.post(place, {"place": "need-999999"}).status_code == 302


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_queue_costs_the_same_however_long_it_is(lead: Client, world: World) -> None:
    Part.objects.create(
        initiative=world.initiative, title="Cover", why="w", made_at=NOW, changed_at=NOW
    )

    def more(n: int) -> None:
        taken = an_input(world, world.joan, f"Input {n}")
        alike = an_input(world, world.sam, f"Alike {n}")
        actions.put_with(alike, taken, by=world.lead, at=NOW)
        need = a_need(world, world.joan, words=f"Need {n}")
        actions.put_under(an_input(world, world.sam, f"Under {n}"), need, by=world.lead, at=NOW)
        done = an_input(world, world.joan, f"Done {n}")
        told = actions.reply(done, Answer("used", "Yes"), by=world.lead, at=NOW)
        actions.talk_back(told.reply, world.joan, f"Word {n}", at=NOW)

    more(0)
    one = queries_of(lead, queue(world))
    for n in range(1, 6):
        more(n)
    assert queries_of(lead, queue(world)) == one <= 15


def test_one_input_and_one_answer_cost_no_more_than_fifteen(lead: Client, world: World) -> None:
    need = a_need(world, world.joan, world.sam)
    taken = an_input(world, world.joan)
    told = actions.reply(need, Answer("used", "Yes"), by=world.lead, at=NOW)
    actions.talk_back(told.reply, world.joan, "A word", at=NOW)
    for page in (f"/inputs/{taken.pk}/", f"/needs/{need.pk}/reply/", f"/replies/{told.reply.pk}/"):
        assert queries_of(lead, page) <= 15, page
