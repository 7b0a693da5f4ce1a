"""A few lines from anywhere: kept at once, looked through now or later."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.initiatives import actions as initiatives
from earnest.listening.models import Conversation
from tests.worlds import World

URL = reverse("pages:note_anywhere")


@pytest.fixture
def lead(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


def given(world: World, **more: str) -> dict[str, str]:
    lines = {"notes": "> Joan brings the list by Friday", "who": "Joan Okafor"}
    return {**lines, "held_on": "2026-11-20", "on": str(world.initiative.pk), **more}


def test_every_page_of_a_lead_leads_to_it_and_says_where_one_was(
    lead: Client, world: World
) -> None:
    page = lead.get(reverse("pages:person", args=[world.initiative.pk, world.joan.pk]))
    assert (
        f'{URL}?next=/initiatives/{world.initiative.pk}/people/{world.joan.pk}/&amp;with={world.joan.pk}"'
        in page.content.decode()
    )


def test_who_leads_nothing_begins_at_the_beginning(world: World) -> None:
    client = Client()
    client.force_login(world.member)
    assert client.get(URL).headers["Location"] == reverse("pages:first")
    assert 'data-key="c"' not in client.get("/").content.decode()


def test_the_person_one_was_with_is_there_already(lead: Client, world: World) -> None:
    page = lead.get(URL, {"with": world.joan.pk}).content.decode()
    assert "Joan Okafor &lt;joan@example.org&gt;" in page


def test_somebody_elses_person_is_not_told(world: World) -> None:
    client = Client()
    client.force_login(world.outsider)
    page = client.get(URL, {"with": world.joan.pk, "on": world.initiative.pk}).content.decode()
    assert "Joan" not in page
    assert client.post(URL, given(world)).status_code == 400
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 30, ""])
def test_an_odd_address_does_no_harm(lead: Client, odd: str) -> None:
    assert lead.get(URL, {"with": odd, "on": odd, "next": odd}).status_code == 200


def test_it_is_kept_and_looked_through(lead: Client, world: World) -> None:
    answer = lead.post(URL, given(world))
    talk = Conversation.objects.get()
    assert answer.headers["Location"] == reverse("pages:found", args=[talk.pk])
    assert [one.pk for one in talk.people.all()] == [world.joan.pk]
    assert talk.findings.count() == 1


def test_what_the_page_holds_ready_is_enough(lead: Client, world: World) -> None:
    """Opened from anywhere, with one initiative: nothing but the words is to be filled in."""
    form = lead.get(URL).context["form"]
    filled = {name: form[name].value() or "" for name in form.fields}
    answer = lead.post(URL, filled | {"notes": "> Joan brings the list by Friday"})
    assert answer.status_code == 302
    assert Conversation.objects.get().initiative == world.initiative


def test_it_is_kept_for_later_and_one_is_back_where_one_was(lead: Client, world: World) -> None:
    answer = lead.post(URL, given(world, later="1", next="/initiatives/"))
    assert answer.headers["Location"] == "/initiatives/"
    assert Conversation.objects.count() == 1


def test_it_never_leads_to_another_site(lead: Client, world: World) -> None:
    answer = lead.post(URL, given(world, later="1", next="https://elsewhere.example/"))
    assert answer.headers["Location"] == "/"


def test_nothing_typed_is_lost_when_something_is_missing(lead: Client, world: World) -> None:
    answer = lead.post(URL, given(world, held_on="", notes="half a line"))
    assert answer.status_code == 400
    assert "half a line" in answer.content.decode()
    assert not Conversation.objects.exists()


def test_who_asked_to_be_left_alone_is_left_alone(lead: Client, world: World) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=world.joan.since)
    answer = lead.post(URL, given(world))
    assert answer.status_code == 400
    assert "asked to be left alone" in answer.content.decode()
    assert not Conversation.objects.exists()
