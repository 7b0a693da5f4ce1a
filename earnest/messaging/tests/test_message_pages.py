"""The outbox of an initiative, and one message, for its leads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from earnest.initiatives import actions as initiatives
from earnest.messaging import actions
from earnest.messaging.models import Contact, Message, Suppression
from earnest.messaging.tests.mails import Server, put, send
from tests.worlds import NOW, World


@pytest.fixture
def lead(world: World, client: Client) -> Client:
    client.force_login(world.lead)
    return client


def outbox(world: World) -> str:
    return reverse("messaging:outbox", args=[world.initiative.pk])


def at(message: Message, verb: str = "message") -> str:
    return reverse(f"messaging:{verb}", args=[message.pk])


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_outbox_says_what_will_be_there(world: World, lead: Client) -> None:
    page = read(lead, outbox(world))
    assert "Here you will see every mail" in page
    assert "Choose whom to ask" in page


def test_it_shows_who_gets_what_and_when_it_leaves(
    world: World, lead: Client, server: Server
) -> None:
    server.says["DATA"] = ["hang up"]
    put(world.joan, subject="Unclear one")
    send()
    put(world.joan, "reply", subject="Waiting one")
    page = read(lead, outbox(world))
    assert "Joan Okafor" in page
    assert "leaves Fri 20 Nov, 10:00" in page or "leaves Fri 20 Nov, 09:00" in page
    look = read(lead, outbox(world) + "?show=look")
    assert "Unclear one" in look
    assert "Waiting one" not in look


def test_fifty_stand_on_a_page_whatever_their_number(
    world: World,
    lead: Client,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(53):
        put(world.joan, "reply", subject=f"Reply {n:03}")
    with django_assert_max_num_queries(15):
        first = read(lead, outbox(world))
    assert first.count("<article") == 50
    assert "Reply 052" in first
    last = Message.objects.order_by("-pk")[49].pk
    assert f"before={last}" in first
    rest = read(lead, f"{outbox(world)}?before={last}")
    assert rest.count("<article") == 3


def test_a_message_is_shown_as_it_will_look_and_without_any_link(
    world: World, lead: Client
) -> None:
    page = read(lead, at(put(world.joan)))
    assert "[Joan’s own link]/asked/12/" in page
    assert "Never for appraisal" in page
    assert "[[" not in page
    assert "/p/" not in page


def test_without_a_mail_server_the_pages_say_so(
    world: World, lead: Client, settings: Settings
) -> None:
    settings.EMAIL_URL = ""
    message = put(world.joan)
    assert "No mail server is set up" in read(lead, outbox(world))
    assert "to hand over" in read(lead, outbox(world))
    assert "waits here until you hand it over" in read(lead, at(message))


def test_taken_back_twice_is_once(world: World, lead: Client) -> None:
    message = put(world.joan)
    for _ in range(2):
        answer = lead.post(at(message, "withdrawn"), follow=True)
        assert "Taken back" in answer.content.decode()
    assert Message.objects.get().state == Message.State.WITHDRAWN


def test_what_left_cannot_be_taken_back_and_a_stale_tab_hears_it(
    world: World, lead: Client, server: Server
) -> None:
    message = put(world.joan, "reply")
    send()
    answer = lead.post(at(message, "withdrawn"), follow=True)
    assert "left already" in answer.content.decode()


def test_handing_over_shows_words_to_copy_a_mail_link_and_a_file(
    world: World, lead: Client
) -> None:
    message = put(world.joan)
    page = lead.post(at(message, "by_hand")).content.decode()
    assert 'href="mailto:joan@example.org?' in page
    assert "http://localhost:8000/p/" in page
    assert 'data-copy="text"' in page
    answer = lead.post(at(message, "file"))
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"] == f'attachment; filename="message-{message.pk}.eml"'
    assert b"X-Unsent: 1" in answer.content
    assert Contact.objects.count() == 1


def test_what_is_too_long_for_a_link_is_copied_first(world: World, lead: Client) -> None:
    page = lead.post(at(put(world.joan, text="word " * 600), "by_hand")).content.decode()
    assert 'class="primary" data-copy="text"' in page
    assert page.index("1. Copy the text") < page.index("2. Open in your mail program")
    assert '<a class="button" href="mailto:joan@example.org?subject=' in page


def test_a_refusal_is_a_sentence_and_nothing_is_handed_over(world: World, lead: Client) -> None:
    message = put(world.joan)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    for verb in ("by_hand", "file"):
        answer = lead.post(at(message, verb), follow=True)
        assert "Joan asked to be left alone" in answer.content.decode()
    assert Message.objects.get().state == Message.State.WAITING


@pytest.mark.parametrize("ends", [("arrived", "sent"), ("not_arrived", "failed")])
def test_how_an_unclear_one_ended_is_said_with_one_tap(
    world: World, lead: Client, server: Server, ends: tuple[str, str]
) -> None:
    verb, state = ends
    server.says["DATA"] = ["hang up"]
    message = put(world.joan)
    send()
    assert "Did it arrive?" in read(lead, at(message))
    lead.post(at(message, verb))
    assert Message.objects.get().state == state
    answer = lead.post(at(message, verb), follow=True)
    assert "settled before" in answer.content.decode()


def own_link(world: World) -> str:
    secret = initiatives.make_link(world.joan, by=world.lead, at=NOW)
    return reverse("messaging:stop", args=[secret])


def test_one_click_in_a_mail_program_stops_it(world: World) -> None:
    program = Client(enforce_csrf_checks=True)
    url = own_link(world)
    for _ in range(2):
        assert program.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    world.joan.refresh_from_db()
    assert world.joan.asked_to_stop
    assert not world.joan.person.stopped_at


def test_looking_at_it_stops_nothing_and_leads_to_their_page(world: World) -> None:
    answer = Client().get(own_link(world), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("pages:mine", args=[world.joan.pk])
    world.joan.refresh_from_db()
    assert not world.joan.asked_to_stop


def test_a_link_that_is_no_link_is_not_there(world: World) -> None:
    assert Client().post(reverse("messaging:stop", args=["x" * 43])).status_code == 404


def test_the_address_works_again_once_a_lead_says_so(
    world: World, lead: Client, server: Server
) -> None:
    server.says["RCPT"] = ["550 5.1.1 no such user"]
    message = put(world.joan)
    send()
    assert "The address works again" in read(lead, at(message))
    lead.post(at(message, "address_works"))
    assert not Suppression.objects.exists()
    actions.put_in_outbox(world.joan, actions.Draft("reply", "Hi", "Hi"), by=world.lead, at=NOW)
    send()
    assert len(server.taken) == 1
