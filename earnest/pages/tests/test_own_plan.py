"""The plan on a person's own page: published parts, what came through them, and its news (3.10)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening import actions as listening
from earnest.listening.models import Quote
from earnest.pages.tests.own import opened
from earnest.plans import actions
from earnest.plans.actions import MoreTime
from earnest.plans.models import NewsStop
from earnest.plans.tests.planned import a_need, a_part, an_input, publish
from tests.worlds import NOW, World


@pytest.fixture
def own(client: Client, world: World) -> str:
    return opened(client, world.joan)


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_before_anything_is_published_it_says_what_will_be_there(client: Client, own: str) -> None:
    assert "No plan is published yet." in read(client, own)
    assert "No plan is published yet." in read(client, f"{own}plan/")


def test_what_is_published_stands_there_and_a_draft_does_not(
    client: Client, world: World, own: str
) -> None:
    a_part(world)
    publish(world, "Weekends are covered")
    a_part(world, "Not published")
    for address in (own, f"{own}plan/"):
        html = read(client, address)
        assert "Weekend cover" in html
        assert "Weekends are covered" in html
        assert "Not published" not in html


def test_what_came_through_them_is_marked_and_others_as_they_allow(
    client: Client, world: World, own: str
) -> None:
    part = a_part(world)
    an_input(world, world.joan, part)
    an_input(world, world.sam, part, passed_on=Quote.PassedOn.UNNAMED)
    publish(world)
    assert "through you" in read(client, own)
    whole = read(client, f"{own}plan/")
    assert "through you" in whole
    assert "Through a colleague" in whole
    assert "Sam" not in whole


def test_a_need_they_named_counts_as_theirs(client: Client, world: World, own: str) -> None:
    a_need(world, a_part(world), world.joan)
    publish(world)
    assert "through you" in read(client, own)


def test_a_part_of_theirs_is_theirs_to_read_before_it_is_published(
    client: Client, world: World, own: str
) -> None:
    """Privacy 3: nothing is written down about them that they cannot read."""
    part = a_part(world, owner=world.joan)
    assert "You see to: <strong>Weekend cover</strong>" in read(client, own)
    client.force_login(world.lead)
    person = read(client, world.joan.get_absolute_url())
    assert "sees to it" in person
    actions.drop_part(part, "not now", by=world.lead, at=NOW)
    assert "You see to" not in read(client, own)


def test_when_more_time_was_taken_everyone_reads_why(
    client: Client, world: World, own: str
) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(launches_on="2026-12-01")
    more = MoreTime("Five are not heard yet", {"launches_on": NOW.date().replace(month=12, day=20)})
    actions.take_more_time(world.initiative, more, by=world.lead, at=NOW)
    assert "Five are not heard yet" in read(client, own)
    assert "Five are not heard yet" in read(client, f"{own}plan/")


def test_one_tap_stops_the_mail_and_looking_stops_nothing(
    client: Client, world: World, own: str
) -> None:
    assert "No mail about the plan" in read(client, f"{own}plan-news/")
    assert not NewsStop.objects.exists()
    html = client.post(f"{own}plan-news/stopped/", follow=True).content.decode()
    assert "You get no mail about the plan." in html
    assert NewsStop.objects.get().participation == world.joan
    client.post(f"{own}plan-news/stopped/")
    client.post(f"{own}plan-news/wanted/")
    assert not NewsStop.objects.exists()


def test_the_link_in_the_mail_leads_to_the_page_with_the_tap(client: Client, world: World) -> None:
    secret = initiatives.make_link(world.joan, by=None, at=now())
    html = client.get(f"/p/{secret}/plan-news/", follow=True).content.decode()
    assert "You are told what changes in" in html


def test_who_looks_as_they_see_it_finds_no_way_into_their_pages(
    client: Client, world: World
) -> None:
    a_part(world)
    publish(world)
    client.force_login(world.lead)
    html = read(client, f"/people/{world.joan.pk}/see-as/")
    assert "Weekend cover" in html
    assert f'href="/mine/{world.joan.pk}/plan/' not in html


def test_words_of_others_for_the_leads_alone_are_left_out_of_it(
    client: Client, world: World, own: str
) -> None:
    words = "Two of the three systems are gone"
    quote = world.initiative.quotes.create(
        participation=world.sam, words=words, said_on=NOW.date(), passed_on="leads"
    )
    parts = [{"title": f"So that {words}", "why": f"Heard: {words}"}]
    world.initiative.versions.create(number=1, summary=words, parts=parts, published_at=NOW)
    page = client.get(own).text
    assert words not in page
    assert page.count("[…]") == 3
    listening.pass_on(quote, quote.PassedOn.UNNAMED, at=NOW)
    assert words in client.get(own).text
