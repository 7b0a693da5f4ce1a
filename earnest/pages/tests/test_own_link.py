"""A person's link: it opens one page, changes nothing, and says kindly when it is over."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import PersonLink
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import hear, opened
from earnest.people import actions as people
from tests.worlds import World


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_link_becomes_a_cookie_for_this_one_page(client: Client, world: World) -> None:
    secret = initiatives.make_link(world.joan, by=world.lead, at=now())
    response = client.get(f"/p/{secret}/")
    cookie = response.cookies["mine"]
    assert response.headers["Location"] == f"/mine/{world.joan.pk}/"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert cookie["path"] == f"/mine/{world.joan.pk}/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert secret not in cookie.value


def test_the_cookie_is_for_https_alone_where_the_server_is(
    client: Client, world: World, settings: pytest.FixtureRequest
) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]
    secret = initiatives.make_link(world.joan, by=world.lead, at=now())
    assert client.get(f"/p/{secret}/").cookies["mine"]["secure"]


def test_reading_changes_nothing(client: Client, world: World) -> None:
    hear(world, at=now())
    secret = initiatives.make_link(world.joan, by=world.lead, at=now())
    before = counts()
    own = f"/mine/{world.joan.pk}/"
    for address in (
        f"/p/{secret}/",
        own,
        f"{own}everything/",
        f"{own}everything/download/",
        f"{own}erase/",
    ):
        assert client.get(address).status_code in {200, 302}
        client.head(address)
    assert counts() == before


def test_a_link_of_one_person_opens_no_other_page(client: Client, world: World) -> None:
    opened(client, world.joan)
    cookie = client.cookies["mine"].value
    client.cookies["mine"] = cookie  # sent everywhere, as a forger would
    for address in ("", "everything/", "everything/download/", "erase/"):
        assert client.get(f"/mine/{world.sam.pk}/{address}").status_code == 404
    assert client.post(f"/mine/{world.sam.pk}/wants/not-at-all/").status_code == 404
    assert (
        client.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/").status_code == 302
    )


def test_a_link_opens_no_other_initiative_of_the_same_person(client: Client, world: World) -> None:
    second = initiatives.start_initiative(
        world.workspace, title="Two", target="Quiet", by=world.member, at=now()
    )
    elsewhere = initiatives.put_on(
        second, world.joan.person, held_by=world.member, by=world.member, at=now()
    )
    opened(client, world.joan)
    client.cookies["mine"] = client.cookies["mine"].value
    assert client.get(f"/mine/{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("end", ["unknown", "over", "revoked", "erased"])
def test_a_link_that_opens_nothing_says_so_kindly(client: Client, world: World, end: str) -> None:
    secret = initiatives.make_link(world.joan, by=world.lead, at=now())
    own = opened(client, world.joan)
    if end == "unknown":
        secret = "nothing"
        client.cookies.clear()
    if end == "over":
        PersonLink.objects.update(expires_at=now() - timedelta(minutes=1))
    if end == "revoked":
        initiatives.revoke_links(world.joan, by=world.lead, at=now())
    if end == "erased":
        world.joan.person.erased_at = now()
        world.joan.person.save()
    for address in (f"/p/{secret}/", own):
        response = client.get(address)
        assert response.status_code == 404
        assert "Ask whoever sent it" in response.content.decode()


def test_a_forged_cookie_opens_nothing(client: Client, world: World) -> None:
    client.cookies["mine"] = f"[1, {world.joan.pk}]"
    assert client.get(f"/mine/{world.joan.pk}/").status_code == 404


def test_a_secret_stands_in_no_log(
    client: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    from earnest.core.logs import WithoutSecrets  # noqa: PLC0415

    caplog.handler.addFilter(WithoutSecrets())
    with caplog.at_level(logging.DEBUG):
        client.get("/p/a-secret-that-is-over/")
    assert "a-secret" not in caplog.text


def test_first_day_page_says_what_will_be_here(client: Client, world: World) -> None:
    page = client.get(opened(client, world.sam)).content.decode()
    assert "Sam, here you will see what becomes of what you say" in page
    for words in ("One intake", "Every request has one owner", "Never for appraisal", "6 months"):
        assert words in page


def test_the_page_shows_what_the_lead_sees(client: Client, world: World) -> None:
    hear(world, at=now())
    page = client.get(opened(client, world.joan)).content.decode()
    for words in (
        "this is what became of what you said",
        "Forty open slots, one pair of hands.",
        "leads only",
        "A shorter zebra form",
        "Who feeds the owl?",
        "Paint the ibis line",
        "Send the walrus draft",
        "Bring the no-show list",
        "Joan keeps the badger list",
        "Left at otter time",
        "Not before the lemur move",
        "After the marmot week",
        "Not in lynx season",
        "She is at the tapir course",
        "Joan asked for the mole file",
        "Fewer panda shifts",
        "Talked with Joan.",
        "Joan will bring the no-show list.",
    ):
        assert words in page, words
    assert "The night shift needs its own list." not in page  # Sam's, from the same notes


def test_what_a_colleague_said_of_them_is_shown_without_who_said_it(
    client: Client, world: World
) -> None:
    from earnest.listening import actions as listening  # noqa: PLC0415
    from earnest.listening.actions import Notes  # noqa: PLC0415

    notes = Notes("Joan knows the yak desk. I like tea.", now().date(), [world.sam])
    listening.note_conversation(world.initiative, notes, by=world.lead, at=now())
    page = client.get(opened(client, world.joan)).content.decode()
    assert "Joan knows the yak desk." in page
    assert "I like tea" not in page
    assert "noted in a conversation with a colleague" in page


def test_what_is_noted_of_who_asked_for_it_is_theirs_to_read(client: Client, world: World) -> None:
    words = initiatives.CommissionWords("Joan Okafor", "Too many queues", "Two days a week")
    named = people.Named("Joan Okafor", "joan@example.org")
    initiatives.write_commission(world.initiative, words, talk_to=named, by=world.lead, at=now())
    page = client.get(opened(client, world.joan)).content.decode()
    assert "Too many queues" in page
    assert "Two days a week" in page
    assert "Two days a week" in str(everything_about(world.joan, at=now()))
    other = initiatives.CommissionWords("The board", "Too many queues")
    made = initiatives.write_commission(
        world.initiative, other, talk_to=None, by=world.lead, at=now()
    )
    made.refresh_from_db()
    assert made.person is None
